"""What is written about a camera, judged and put into its row: the same for pages, API and tables."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.models import Area, Unit
from linli.cameras import lifecycle
from linli.cameras.choices import WHY_FORBIDDEN, LegalClass, PlaceKind
from linli.cameras.models import Camera, Contract
from linli.cameras.policy import may_keep
from linli.cameras.queries.units import CENTRES
from linli.kernel.errors import Invalid, NotPermitted

# Words of places inside which no camera may stand. What stands outside says so: 卫生间外, 宿舍楼门口.
_INSIDE = re.compile(
    r"(客房|包间|包厢|宿舍|寝室|浴室|澡堂|卫生间|厕所|洗手间|更衣室|试衣间|化妆间|哺乳室|母婴室)"
    r"(?!楼|区|门|外|走廊|过道|大厅|前|旁|对面)"
)
FIRST_DAY = date(1990, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraData:
    """What is said about a camera. ``area`` is a code; degrees are WGS-84, lengths metres."""

    code: str
    name: str
    area: str
    place_kind: str
    legal_class: str
    owner: UUID
    managing: UUID
    purpose: str
    latitude: float
    longitude: float
    storage_days: int
    installed_on: date
    place: str = ""
    height: float | None = None
    heading: float | None = None
    angle: float | None = None
    reach: float | None = None
    company: str = ""
    contract_number: str = ""
    contract_phone: str = ""
    contract_until: date | None = None


# Written as they are said; the rest is looked up.
PLAIN = (
    "code",
    "name",
    "place_kind",
    "legal_class",
    "purpose",
    "latitude",
    "longitude",
    "storage_days",
    "installed_on",
    "place",
    "height",
    "heading",
    "angle",
    "reach",
)


@dataclass(frozen=True, slots=True)
class Around:
    """What a description names: its area and units."""

    area: Area
    owner: Unit
    managing: Unit

    @property
    def of_centre(self) -> bool:
        """Whether the camera belongs to a centre or a grid's post."""
        return self.owner.kind in CENTRES


def cleaned(data: CameraData) -> CameraData:
    """Return the description without blanks around its words."""
    words = ("code", "name", "purpose", "place", "company", "contract_number", "contract_phone")
    said: dict[str, Any] = {name: getattr(data, name).strip() for name in words}
    return replace(data, **said)


def look_up(data: CameraData) -> Around:
    """Return what the description names; raises :class:`Invalid` for what there is not."""
    area = Area.objects.filter(pk=data.area, abolished_on=None).first()
    units = {
        unit.id: unit
        for unit in Unit.objects.filter(pk__in=[data.owner, data.managing], closed_on=None)
    }
    wrong: dict[str, str | Promise] = {}
    if area is None:
        wrong["area"] = _("There is no such area.")
    for name in ("owner", "managing"):
        if getattr(data, name) not in units:
            wrong[name] = _("There is no such unit, or it was closed.")
    if area is None or wrong:
        raise Invalid(_("Something that is named is not there."), wrong)
    return Around(area, units[data.owner], units[data.managing])


def check(data: CameraData, today: date) -> None:
    """Raise :class:`Invalid` with every field that can't be taken and why."""
    wrong = dict(_faults(data, today))
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)


def _faults(data: CameraData, today: date) -> Iterable[tuple[str, str | Promise]]:
    if data.place_kind in lifecycle.FORBIDDEN_PLACES:
        yield "place_kind", WHY_FORBIDDEN
    elif data.place_kind not in PlaceKind.values:
        yield "place_kind", _("Choose what kind of place it is.")
    for name in ("place", "name"):
        if found := _INSIDE.search(getattr(data, name)):
            yield (
                name,
                _(
                    "“%(word)s” is a place inside which no camera may stand. If it stands outside,"
                    " say so, such as “%(word)s外”."
                )
                % {"word": found[1]},
            )
    if data.legal_class not in LegalClass.values:
        yield "legal_class", _("Choose the legal class.")
    for name, most in (("code", 40), ("name", 80), ("purpose", 200)):
        if not 0 < len(getattr(data, name)) <= most:
            yield name, _("Write 1 to %(most)d characters.") % {"most": most}
    if not re.fullmatch(r"[0-9A-Za-z._-]*", data.code):
        yield "code", _("A code has digits, letters, dots and dashes only.")
    if data.storage_days < lifecycle.LEAST_STORAGE_DAYS:
        yield "storage_days", _("Pictures are kept for at least 30 days: the regulations ask it.")
    elif data.storage_days > 3650:
        yield "storage_days", _("More than ten years is a slip of the keys.")
    if not FIRST_DAY <= data.installed_on <= today:
        yield "installed_on", _("A day up to today.")
    yield from _faulty_view(data)
    if bool(data.company) != bool(data.contract_number):
        yield "contract_number", _("A contract has a company and a number.")


def _faulty_view(data: CameraData) -> Iterable[tuple[str, str]]:
    if not (-90 <= data.latitude <= 90 and -180 <= data.longitude <= 180):
        yield "latitude", _("This is no place on earth.")
    view = (data.heading, data.angle, data.reach)
    if any(part is None for part in view) and any(part is not None for part in view):
        yield "heading", _("Give heading, angle and distance together, or none of them.")
    for name, value, low, high in (
        ("heading", data.heading, 0, 360),
        ("angle", data.angle, 1, 360),
        ("reach", data.reach, 1, 5000),
        ("height", data.height, 0, 300),
    ):
        if value is not None and not low <= value <= high:
            yield name, _("From %(low)d to %(high)d.") % {"low": low, "high": high}


def permit(actor: Actor, area: str, *, of_centre: bool) -> None:
    """Raise :class:`NotPermitted` unless the actor keeps such cameras there."""
    if not may_keep(actor, area, of_centre=of_centre):
        raise NotPermitted(
            _("Cameras are kept by administrators, and by directors those of their centres."),
            _("Ask the administrator of your area."),
        )


def write(camera: Camera, data: CameraData, around: Around, contract: Contract | None) -> None:
    """Put a checked description into a row."""
    for name in PLAIN:
        setattr(camera, name, getattr(data, name))
    camera.area, camera.owner, camera.managing = around.area, around.owner, around.managing
    camera.of_centre = around.of_centre
    camera.contract = contract


def contract_of(data: CameraData, owner: Unit) -> Contract | None:
    """Return the owner's contract of this number, made or brought up to date."""
    if not data.contract_number:
        return None
    said = {
        "company": data.company,
        "phone": data.contract_phone,
        "until": data.contract_until,
    }
    found, _made = Contract.objects.update_or_create(
        owner=owner, number=data.contract_number, defaults=said
    )
    return found
