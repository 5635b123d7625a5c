"""Reads of areas and units."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

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
