"""Reads of areas and units."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from linli.accounts.scope import in_area
from linli.areas.codes import above, parent_of
from linli.areas.models import Area, Unit, UnitKind
from linli.kernel.errors import Invalid

# The unit that answers for an area as a whole.
POSTS = (UnitKind.CENTRE, UnitKind.GRID)


def posts() -> QuerySet[Unit]:
    """Return the open centres and grid posts."""
    return Unit.objects.filter(kind__in=POSTS, closed_on=None)


def area(code: str) -> Area:
    """Return an area that still exists; raises :class:`Invalid` for any other."""
    found = Area.objects.filter(code=code, abolished_on=None).first()
    if found is None:
        raise Invalid(
            _("There is no area “%(code)s”.") % {"code": code}, {"area": _("Choose an area.")}
        )
    return found


def lowest_post(code: str) -> Unit:
    """Return the post of the lowest area that covers ``code``: its own, else the next above."""
    found = posts().filter(area__in=above(code)).order_by("-area").first()
    if found is None:
        raise Invalid(
            _("No centre covers this area yet."), {"area": _("No centre covers this area yet.")}
        )
    return found


def post_above(code: str) -> Unit | None:
    """Return the post of the nearest area above ``code`` that has one, or None at the top."""
    parent = parent_of(code)
    if parent is None:
        return None
    return posts().filter(area__in=above(parent)).order_by("-area").first()


def post_over(unit: Unit) -> Unit | None:
    """Return the post that stands over a unit, or None at the top.

    Over a department, committee or team it is the post of its own area; over a post, the next above.
    """
    beside = posts().filter(area=unit.area_id).first() if unit.kind not in POSTS else None
    return beside or post_above(unit.area_id)


def holding(unit_id: UUID) -> Unit | None:
    """Return an open unit that can't be closed until this transaction ends, or None.

    Who puts something with a unit asks through here: the lock is the one a foreign key takes at
    commit anyway, and a unit that is being closed is waited for.
    """
    table = Unit._meta.db_table
    columns = ", ".join(str(f.column) for f in Unit._meta.concrete_fields)
    statement = f"SELECT {columns} FROM {table} WHERE id = %s AND closed_on IS NULL FOR KEY SHARE"  # noqa: S608 - names come from the model
    return next(iter(Unit.objects.raw(statement, [unit_id])), None)


def post_after(code: str, successor: str = "") -> Unit | None:
    """Return the post that answers for an area that ends: its successor's, else the next above."""
    if successor:
        covering = posts().filter(area__in=above(successor))
        return covering.exclude(in_area(code, "area_id")).order_by("-area").first()
    return post_above(code)


@dataclass(frozen=True, slots=True)
class Place:
    """One area as lists show it. ``point`` is longitude, latitude (WGS-84) where it is known."""

    code: str
    name: str
    level: str
    has_children: bool
    point: tuple[float, float] | None = None
    path: str = ""


def places(where: Q, limit: int) -> list[Place]:
    """Return areas that still exist, by code, at most ``limit`` of them."""
    below = Area.objects.filter(parent=OuterRef("code"), abolished_on=None)
    rows = (
        Area.objects.filter(where, abolished_on=None)
        .annotate(has_children=Exists(below))
        .order_by("code")
        .values_list("code", "name", "level", "has_children", "longitude", "latitude")[:limit]
    )
    return [
        Place(code, name, level, has, None if lng is None or lat is None else (lng, lat))
        for code, name, level, has, lng, lat in rows
    ]


def children(code: str, *, after: str = "", limit: int = 2000) -> list[Place]:
    """Return the areas right below ``code`` by code, those behind ``after``."""
    where = Q(parent=code)
    return places(where & Q(code__gt=after) if after else where, limit)


def path(code: str) -> list[Place]:
    """Return the areas from the province down to ``code`` itself; empty where it is unknown."""
    found = places(Q(code__in=above(code)), 6)
    return found if found and found[-1].code == code else []


def search(words: str, within: Sequence[str], limit: int = 20) -> list[Place]:
    """Return areas whose name holds the last of ``words`` and whose path holds the others.

    Digits find codes. Exact names come first, then names that begin so, then higher levels.
    ``within`` are codes of areas: each is one range of the key, whatever the country holds.
    """
    *others, last = words.split() or [""]
    if not last or not within:
        return []
    reach = reduce(or_, (in_area(code, "code") for code in within))
    matches = Q(name__icontains=last)
    if last.isascii() and last.isdigit():
        matches |= in_area(last, "code")
    rank = Case(When(name__iexact=last, then=0), When(name__istartswith=last, then=1), default=2)
    found = (
        Area.objects.filter(reach, matches, abolished_on=None)
        .annotate(rank=rank, length=Length("code"))
        .order_by("rank", "length", "code")
        .values_list("code", flat=True)[: limit * 10 if others else limit]
    )
    return _with_paths(list(found), within, others)[:limit]


def _with_paths(codes: list[str], within: Sequence[str], words: list[str]) -> list[Place]:
    """Return the places of ``codes`` in that order, each with the names above it below ``within``."""
    needed = {one for code in codes for one in above(code)}
    known = {place.code: place for place in places(Q(code__in=needed), len(needed))}
    found = []
    for code in codes:
        top = max((len(one) for one in within if code.startswith(one)), default=0)
        names = [known[one].name for one in above(code)[:-1] if len(one) > top and one in known]
        if all(any(word in name for name in names) for word in words):
            found.append(replace(known[code], path=" › ".join(names)))
    return found


def places_of(codes: Sequence[str]) -> list[Place]:
    """Return the areas of ``codes`` that still exist, by code."""
    return places(Q(code__in=codes), len(codes)) if codes else []
