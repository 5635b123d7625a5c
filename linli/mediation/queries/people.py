"""Who takes part, as the page shows them: masked, with whom they act for and what is missing."""

from dataclasses import dataclass
from uuid import UUID

from linli.cases.actions.parties import opened
from linli.cases.models import Party
from linli.kernel.crypto import mask
from linli.mediation.choices import MandateKind, Part
from linli.mediation.identity import adds_up
from linli.mediation.models import Mandate, Mediation, Participant
from linli.mediation.queries.agreement import called
from linli.mediation.queries.path import parties


@dataclass(frozen=True, slots=True)
class Acting:
    """For whom somebody acts, and by which mandate; ``paper`` is the key of its file."""

    id: UUID
    whom: str
    kind: str
    powers: str
    paper: UUID | None


@dataclass(frozen=True, slots=True)
class Person:
    """A part somebody has. ``number`` is masked to its last four characters.

    ``doubtful``: it was taken in with the case, where it is kept as typed, and does not add up.
    """

    part: Participant
    name: str
    number: str
    doubtful: bool
    acts_for: tuple[Acting, ...]
    lacks_guardian: bool

    @property
    def label(self) -> str:
        """The part, and the side where it is not told by it."""
        part = str(self.part.get_part_display())
        side = str(self.part.get_side_display()) if self.part.side else ""
        if self.part.part == Part.PARTY:
            return side
        return f"{side} · {part}" if side else part


def people(mediation: Mediation) -> list[Person]:
    """Return who takes part now, the parties of each side first."""
    mandates = list(
        Mandate.objects.filter(mediation=mediation, ended_on=None)
        .select_related("principal__party", "agent")
        .order_by("id")
    )
    guarded = {one.principal_id for one in mandates if one.kind == MandateKind.STATUTORY}
    acts: dict[UUID, list[Acting]] = {}
    for one in mandates:
        acts.setdefault(one.agent_id, []).append(
            Acting(
                one.id,
                called(one.principal),
                str(one.get_kind_display()),
                one.powers,
                one.attachment_id,
            )
        )
    return [_person(part, acts, guarded) for part in parties(mediation)]


def _person(part: Participant, acts: dict[UUID, list[Acting]], guarded: set[UUID]) -> Person:
    personal = opened(part.party)
    number = personal.get("identity_number", "")
    return Person(
        part=part,
        name=mask(personal.get("name", ""), 1),
        number=mask(number, 0, 4) if number else "",
        doubtful=bool(number) and not adds_up(number, is_organisation=part.party.is_organisation),
        acts_for=tuple(acts.get(part.id, ())),
        lacks_guardian=part.minor and part.id not in guarded,
    )


def parties_of_case(mediation: Mediation) -> list[Party]:
    """Return the persons and organisations the case knows, whose data was not erased."""
    return list(Party.objects.filter(case=mediation.case_id, erased_at=None).order_by("id"))
