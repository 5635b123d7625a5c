"""Find a hazard: it is written down and becomes a case in the same moment, once."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor, HeldRole
from linli.accounts.models import RoleKind
from linli.areas.models import Unit
from linli.areas.queries import POSTS, lowest_post
from linli.cases.actions.attach import keep_file
from linli.cases.actions.register import Matter, register_case
from linli.cases.choices import Channel, Kind
from linli.cases.files import Content
from linli.cases.models import Case
from linli.kernel.ids import new_id
from linli.kernel.row_security import lent
from linli.premises.actions.step import tell
from linli.premises.choices import Happened
from linli.premises.lifecycle import OPEN
from linli.premises.models import Hazard, Inspection, Premises

_TITLE, _PLACE = 120, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found: ``text`` says what, ``note`` what exactly; a day by which it is to be mended."""

    text: str
    due_on: date
    note: str = ""
    category: str = "other_hazard"
    rule: str = ""
    inspection: Inspection | None = None
    photo: tuple[str, Content] | None = None


def find_hazard(place: Premises, found: Found, *, actor: Actor, at: datetime) -> Hazard:
    """Write a hazard of a locked place down, with its case, within the caller's transaction.

    The case is taken in at the desk of the place's own post: whoever inspects may have none.
    """
    case = _register(place, found, actor, at)
    hazard = Hazard(
        id=new_id(), premises=place, inspection=found.inspection, rule=found.rule,
        text=found.text[:120], note=found.note, state=OPEN, found_at=at, due_on=found.due_on,
        case=case,
    )  # fmt: skip
    hazard.save(force_insert=True)
    facts = {"hazard": str(hazard.id), "case": str(case.id), "rule": found.rule}
    tell(place, Happened.HAZARD, actor=actor, at=at, text=hazard.text, facts=facts)
    return hazard


def _register(place: Premises, found: Found, actor: Actor, at: datetime) -> Case:
    post = post_of(place)
    clerk = Actor(
        actor.user_id, actor.name, (HeldRole(RoleKind.WINDOW_CLERK, post.area_id, post.id),)
    )
    title = f"{place.name}: {found.text}"
    matter = Matter(
        kind=Kind.HAZARD, title=title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…",
        description=_described(found), area=place.area_id, category=found.category,
        channel=_channel(actor, place), place=" ".join((place.address, place.name)).strip()[:_PLACE],
        latitude=place.latitude, longitude=place.longitude,
    )  # fmt: skip
    with lent(clerk.areas, clerk.units, clerk.user_id):
        case = register_case(matter, actor=clerk, at=at)
        if found.photo is not None:
            name, content = found.photo
            keep_file(case, name, content, by=actor.user_id, at=at)
    return case


def _described(found: Found) -> str:
    due = _("To be mended by %(day)s.") % {"day": found.due_on.isoformat()}
    return "\n".join(part for part in (found.note, due) if part)


def post_of(place: Premises) -> Unit:
    """Return the post that takes a place's hazards in: the responsible one, else the lowest over it."""
    unit = place.responsible
    if unit is not None and unit.kind in POSTS and unit.closed_on is None:
        return unit
    return lowest_post(place.area_id)


def _channel(actor: Actor, place: Premises) -> str:
    """A department's officers are another body; everybody else walks the area."""
    other = actor.user_id is not None and not actor.reaches(place.area_id)
    return Channel.OTHER if other else Channel.GRID_WORKER


def locked_hazard(hazard_id: UUID) -> Hazard | None:
    """Return a visible hazard with its row locked, or None. Lock its case first."""
    rows = Hazard.objects.select_for_update(of=("self",)).select_related("premises__kind")
    return rows.filter(pk=hazard_id).first()
