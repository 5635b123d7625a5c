"""A table for tests: the desk of the cases, a committee at the village, and mediations in any state."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cases.actions.parties import PartyData, add_party, opened
from linli.cases.actions.resolve import resolve_case
from linli.cases.models import Case, Party
from linli.cases.tests.desk import Desk
from linli.kernel.crypto import seal
from linli.mediation import lifecycle
from linli.mediation.actions.accept import accept_mediation
from linli.mediation.actions.apply import apply_for_mediation
from linli.mediation.actions.opening import Opening
from linli.mediation.actions.seat import seat_mediator
from linli.mediation.actions.step import finish
from linli.mediation.models import (
    Agreement,
    AgreementClause,
    Committee,
    Event,
    Mediation,
    Obligation,
    Participant,
    Session,
)
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

    def act(self, name: str, act: Callable[..., Any], /, *arguments: Any, **more: Any) -> Any:
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

    def mediating(self, case: Case | None = None) -> Mediation:
        """Return a mediation with one session held, its row and its event written by hand."""
        mediation = self.accepted(case)
        start = timezone.now() - timedelta(hours=1)
        session = Session(
            mediation=mediation, turn=1, state="held", during=(start, timezone.now()),
            place="龙门里综治中心", held_at=timezone.now(), record="双方到场，各自陈述。",
        )  # fmt: skip
        self._move(mediation, "hold", rows=[session])
        return self.fresh(mediation)

    def in_effect(
        self,
        case: Case | None = None,
        *,
        form: str = "written",
        effective_on: date = TODAY,
        instalments: Sequence[tuple[str, date]] = (("10000.00", date(2026, 4, 10)),),
    ) -> Mediation:
        """Return a mediation that is performing: the respondent owes the applicant instalments."""
        mediation = self.mediating(case)
        debtor, creditor = self.party(mediation, "respondent"), self.party(mediation, "applicant")
        total = sum((Decimal(amount) for amount, _ in instalments), Decimal())
        agreement = Agreement(
            mediation=mediation, turn=1, state="effective", form=form, reached_on=effective_on,
            effective_on=effective_on, sealed_on=effective_on if form == "written" else None,
            facts="双方对借款事实无争议。",
        )  # fmt: skip
        clause = AgreementClause(
            mediation=mediation, agreement=agreement, position=1, text="乙方分期归还借款。"
        )
        owed = [
            Obligation(
                mediation=mediation, agreement=agreement, position=place, kind="pay",
                debtor=debtor, creditor=creditor, amount=Decimal(amount), due_on=due,
            )
            for place, (amount, due) in enumerate(instalments, 1)
        ]  # fmt: skip
        self._move(mediation, "agree", rows=[agreement, clause, *owed])
        with transaction.atomic():
            fields = {"form": form, "agreed_on": effective_on, "effective_on": effective_on}
            changes = {**fields, "amount": total, "ended_at": timezone.now()}
            self._move(mediation, "take_effect", **changes)
            self.act("mediator", resolve_case, mediation.case_id, note="达成协议")
        return self.fresh(mediation)

    def _move(
        self, mediation: Mediation, verb: str, rows: Sequence[Any] = (), **fields: Any
    ) -> None:
        for name, value in fields.items():
            setattr(mediation, name, value)
        by = self.cast.users["mediator"].id
        with acting(self.cast.actor("mediator")), transaction.atomic():
            finish(mediation, verb, by=by, at=timezone.now(), changed=list(fields), rows=rows)

    def fresh(self, mediation: Mediation) -> Mediation:
        """Return the mediation as the database has it."""
        return Mediation.objects.select_related("case", "committee").get(pk=mediation.pk)

    def phone(self, mediation: Mediation, side: str, phone: str) -> None:
        """Write a telephone on the party of a side."""
        party = self.party(mediation, side).party
        personal = opened(party) | {"phone": phone}
        Party.objects.filter(pk=party.pk).update(personal=seal(personal, party.id.bytes))

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
