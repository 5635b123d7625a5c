"""A table for tests: the desk of the cases, a committee at the village, and mediations in any state."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cases.actions.parties import PartyData, add_party
from linli.cases.models import Case
from linli.cases.tests.desk import Desk
from linli.mediation import lifecycle
from linli.mediation.actions.accept import accept_mediation
from linli.mediation.actions.apply import apply_for_mediation
from linli.mediation.actions.opening import Opening
from linli.mediation.actions.seat import seat_mediator
from linli.mediation.models import Committee, Event, Mediation, Participant
from tests.cast import BEIJING_ROAD, LONGMENLI, Cast

# The day of the cast's Tuesday.
TODAY = date(2026, 3, 10)
SIDES = ("applicant", "respondent")


@dataclass
class Table(Desk):
    """The desk, a committee in 龙门里 with ``mediator`` and ``second_mediator``, one in the street."""

    committee: Committee = None  # type: ignore[assignment]
    street: Committee = None  # type: ignore[assignment]
    made: list[Mediation] = field(default_factory=list)

    def case(self, **fields: Any) -> Case:
        """Return a dispute in the mediator's hands, with one party on each side."""
        case = self.at("handling", **fields)
        for role, name in zip(SIDES, ("甲方示例", "乙方示例"), strict=True):
            self.act("mediator", add_party, case.id, PartyData(role=role, name=name))
        return Case.objects.get(pk=case.id)

    def act(self, name: str, act: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        """Let a person do something now (or ``at``), under their scope."""
        actor = self.cast.actor(name)
        at: datetime = more.pop("at", None) or timezone.now()
        with acting(actor):
            return act(*arguments, actor=actor, at=at, **more)

    def applied(self, case: Case | None = None, **opening: Any) -> Mediation:
        """Return a mediation somebody applied for; both sides are willing."""
        case = case or self.case()
        willing = [(party.id, TODAY) for party in case.parties.all()]
        told = Opening(source="application", claimed=Decimal("10000.00"), consents=willing)
        asked = Opening(**{**{k: getattr(told, k) for k in told.__slots__}, **opening})
        return self.fresh(self.act("mediator", apply_for_mediation, case.id, asked))

    def accepted(self, case: Case | None = None) -> Mediation:
        """Return an accepted mediation with ``mediator`` as its chief."""
        mediation = self.applied(case)
        self.act("mediator", seat_mediator, mediation.id, user=self.cast.users["mediator"].id)
        self.act("mediator", accept_mediation, mediation.id)
        return self.fresh(mediation)

    def in_state(self, state: str, case: Case | None = None, **fields: Any) -> Mediation:
        """Return an accepted mediation put into ``state`` by hand, for what begins there.

        Only for states in which the case is still in hand.
        """
        mediation = self.accepted(case)
        Mediation.objects.filter(pk=mediation.pk).update(state=state, **fields)
        return self.fresh(mediation)

    def fresh(self, mediation: Mediation) -> Mediation:
        """Return the mediation as the database has it."""
        return Mediation.objects.select_related("case", "committee").get(pk=mediation.pk)

    def party(self, mediation: Mediation, side: str) -> Participant:
        """Return the party on a side."""
        return Participant.objects.get(mediation=mediation, part="party", side=side)


def lay_table(cast: Cast) -> Table:
    """Found the committees and return the table."""
    table = Table(cast)
    for code, kind, word in ((LONGMENLI, "neighbourhood", "龙"), (BEIJING_ROAD, "street", "北")):
        name = cast.posts[code].name + "人民调解委员会"
        made = Committee.objects.create(
            unit=cast.posts[code], kind=kind, name=name, word=word, seal_name=name
        )
        if code == LONGMENLI:
            table.committee = made
        else:
            table.street = made
    return table


def told(mediation: Mediation) -> list[str]:
    """Insist that timeline, audit and the table of moves tell one story; return its verbs."""
    events = list(Event.objects.filter(mediation=mediation).order_by("id"))
    verbs = [event.verb for event in events]
    current = Mediation.objects.select_related("case").get(pk=mediation.pk)
    assert lifecycle.replay(verbs) == current.state
    assert lifecycle.agrees(current.state, current.case.state)
    audited = Entry.objects.filter(object_id=str(mediation.id)).order_by("id")
    heard = [e for e in audited if e.event.removeprefix("mediation.") in lifecycle.MOVES]
    assert [entry.event for entry in heard] == [f"mediation.{verb}" for verb in verbs]
    return verbs


def noon(day: date) -> datetime:
    """Return a moment around noon of a day."""
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)
