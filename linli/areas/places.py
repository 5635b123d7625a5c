"""Areas and units as people's pages ask for them: see :class:`linli.accounts.places.Places`."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import CASELESS
from linli.accounts.models import RoleKind
from linli.accounts.scope import in_area
from linli.areas.codes import above
from linli.areas.models import Area, Unit
from linli.areas.queries import POSTS
from linli.kernel.errors import Invalid

# A name of more than the county says nothing more to people who work in it.
_SHOWN_FROM = 6
# Officers sit in a department; for everybody else the area's own post is a sensible place.
_NEEDS_CHOICE = frozenset({RoleKind.DEPARTMENT_OFFICER})


def area_names(codes: Iterable[str]) -> Mapping[str, str]:
    """Return code → "金川区 › 北京路街道 › 龙门里社区"."""
    wanted = set(codes)
    needed = {part for code in wanted for part in above(code)}
    names = dict(Area.objects.filter(code__in=needed).values_list("code", "name"))

    def path(code: str) -> str:
        parts = [part for part in above(code) if len(part) >= min(_SHOWN_FROM, len(code))]
        return " › ".join(names[part] for part in parts if part in names)

    return {code: path(code) for code in wanted}


def unit_names(units: Iterable[UUID]) -> Mapping[UUID, str]:
    """Return unit → name."""
    return dict(Unit.objects.filter(pk__in=set(units)).values_list("id", "name"))


def find_area(text: str, within: Iterable[str]) -> str:
    """Return the code of the one area ``text`` means; raises :class:`Invalid` for none or many."""
    text = text.strip()
    inside = Q(pk__in=[])
    for code in within:
        inside |= in_area(code, "code")
    found = Area.objects.filter(inside, Q(code=text) | Q(name=text), abolished_on=None)
    codes = list(found.values_list("code", flat=True)[:2])
    if not codes:
        message = _("“%(text)s” is no area within yours.") % {"text": text}
        raise Invalid(message, {"area": message})
    if len(codes) > 1:
        message = _("Several areas are called “%(text)s”: give the code.") % {"text": text}
        raise Invalid(message, {"area": message})
    return codes[0]


def find_unit(area: str, text: str, kind: str) -> UUID | None:
    """Return where a role of ``kind`` in ``area`` works; raises :class:`Invalid` if unclear."""
    if kind in CASELESS:
        return None
    text = text.strip()
    units = {str(unit): name for unit, name in units_of(area)}
    for unit, name in units.items():
        if text in (unit, name):
            return UUID(unit)
    if text:
        message = _("There is no unit “%(text)s” in this area.") % {"text": text}
        raise Invalid(message, {"unit": message})
    posts = Unit.objects.filter(area=area, kind__in=POSTS, closed_on=None)
    post = None if kind in _NEEDS_CHOICE else posts.first()
    if post is None:
        message = _("Say in which unit of this area the person works.")
        raise Invalid(message, {"unit": message})
    return post.pk


def units_of(area: str) -> list[tuple[UUID, str]]:
    """Return the open units of exactly this area, its post first."""
    units = Unit.objects.filter(area=area, closed_on=None).order_by("name", "id")
    ordered = sorted(units, key=lambda unit: unit.kind not in POSTS)
    return [(unit.pk, unit.name) for unit in ordered]
