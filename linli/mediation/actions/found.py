"""Found: a mediation committee is set up in an area, and works as a unit there (Act arts. 7 to 9)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.actions.open_unit import UnitData, open_unit
from linli.areas.actions.step import begin_area
from linli.areas.codes import Level
from linli.areas.models import Area, Unit, UnitKind
from linli.areas.queries import posts
from linli.audit.record import record
from linli.cases.choices import Kind
from linli.cases.queries.categories import categories
from linli.kernel.errors import IllegalMove, Invalid
from linli.mediation.actions.days import check_day
from linli.mediation.choices import CommitteeKind
from linli.mediation.models import Committee

# Where a committee of a kind belongs; the others may be anywhere but in a grid or a province.
LEVELS = {
    CommitteeKind.VILLAGE: Level.VILLAGE,
    CommitteeKind.NEIGHBOURHOOD: Level.VILLAGE,
    CommitteeKind.TOWNSHIP: Level.TOWNSHIP,
    CommitteeKind.STREET: Level.TOWNSHIP,
}
_ANYWHERE = frozenset({Level.CITY, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE})
_LONGEST = {"name": 80, "word": 8, "seal_name": 80, "remit": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeData:
    """What is written down about a committee. ``seal_name`` empty: the seal says its name.

    ``phone`` and ``address`` stand on the unit, where the committee has one of its own.
    """

    kind: str
    name: str
    word: str
    seal_name: str = ""
    specialities: tuple[str, ...] = ()
    founded_on: date | None = None
    remit: str = ""
    phone: str = ""
    address: str = ""


@transaction.atomic
def found_committee(area: str, data: CommitteeData, *, actor: Actor, at: datetime) -> Committee:
    """Set a committee up. A village's works as its centre, every other one as a unit of its own."""
    place = begin_area(area, actor)
    check(data, place, at)
    # The area's row is locked: nobody sets up the same one beside us.
    there = Committee.objects.filter(unit__area=place, unit__closed_on=None)
    if data.kind in LEVELS and there.filter(kind__in=LEVELS).exists():
        raise IllegalMove(
            _("%(area)s has its mediation committee already.") % {"area": place.name},
            _("Change that one, or close its unit first."),
        )
    unit = _unit_for(place, data, actor, at)
    committee = Committee(unit=unit)
    write(committee, data)
    save(committee)
    facts = {"area": area, "kind": data.kind, "unit": str(unit.id)}
    record("committee", committee.id, "committee.found", actor=actor.user_id, at=at, facts=facts)
    return committee


def _unit_for(place: Area, data: CommitteeData, actor: Actor, at: datetime) -> Unit:
    """Return the village's centre, a unit that waits under this name, or a new unit."""
    if place.level == Level.VILLAGE and data.kind in LEVELS:
        centre = posts().filter(area=place).first()
        if centre is not None:
            return centre
    name = data.name.strip()
    waiting = Unit.objects.filter(area=place, kind=UnitKind.COMMITTEE, closed_on=None, name=name)
    found = waiting.filter(mediation_committee=None).first()
    if found is not None:
        return found
    more = UnitData(name=name, phone=data.phone, address=data.address)
    return open_unit(place.code, kind=UnitKind.COMMITTEE, data=more, actor=actor, at=at)


def check(data: CommitteeData, place: Area, at: datetime) -> None:
    """Raise :class:`Invalid` with a sentence for each field that can't stand."""
    wrong: dict[str, str] = {}
    if data.kind not in CommitteeKind.values:
        wrong["kind"] = _("Choose a kind.")
    elif place.level not in (
        {LEVELS[CommitteeKind(data.kind)]} if data.kind in LEVELS else _ANYWHERE
    ):
        wrong["kind"] = _("Such a committee does not belong into an area of this level.")
    for name, most in _LONGEST.items():
        if len(getattr(data, name).strip()) > most:
            wrong[name] = _("At most %(most)d characters.") % {"most": most}
    if not data.name.strip():
        wrong["name"] = _("Please write the name.")
    if not data.word.strip() or any(sign.isspace() for sign in data.word.strip()):
        wrong["word"] = _("One word, as it stands before 人调字 in the numbers of the files.")
    if set(data.specialities) - speciality_codes():
        wrong["specialities"] = _("Choose from the list.")
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)
    if data.founded_on is not None:
        check_day("founded_on", data.founded_on, at)


def speciality_codes() -> set[str]:
    """Return the codes of the types of disputes a committee or a mediator can be set up for."""
    return {one.code for one in categories() if one.kind == Kind.DISPUTE}


def write(committee: Committee, data: CommitteeData) -> None:
    """Put what is known into the committee's fields; shared with :mod:`change_committee`."""
    committee.kind, committee.name, committee.word = data.kind, data.name.strip(), data.word.strip()
    committee.seal_name = data.seal_name.strip() or committee.name
    committee.specialities = sorted(data.specialities)
    committee.founded_on, committee.remit = data.founded_on, data.remit.strip()


def save(committee: Committee) -> None:
    """Save a committee; raises :class:`Invalid` where another one has its word."""
    try:
        with transaction.atomic():
            committee.save()
    except IntegrityError as clash:
        if "mediation_word_once" not in str(clash):
            raise
        said = _("Another committee has this word: the numbers of the files would be the same.")
        raise Invalid(said, {"word": said}) from clash
