"""What many matters need to know before they are written, read once for all of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.queries import works_in
from linli.areas.codes import above
from linli.areas.models import Area, Unit
from linli.areas.queries import area as find_area
from linli.areas.queries import lowest_post, posts
from linli.cases.actions.categories import check_category
from linli.cases.actions.register import Matter, check_told
from linli.cases.choices import Channel, Difficulty, Kind, Scale, Urgency
from linli.cases.models import Case, Category
from linli.cases.policy import INTAKE, may_register
from linli.cases.queries.route import Route
from linli.kernel.errors import Invalid, NotPermitted, Stale

_LISTS = {
    "kind": frozenset(Kind.values),
    "channel": frozenset(Channel.values),
    "scale": frozenset(Scale.values),
    "difficulty": frozenset(Difficulty.values),
    "urgency": frozenset(Urgency.values),
}
_LENGTHS = {
    name: getattr(Case._meta.get_field(name), "max_length", 0)
    for name in ("title", "place", "source_number")
}


class Ground:
    """The desk, and the areas, categories, posts and people that some matters name."""

    def __init__(self, matters: Sequence[Matter], actor: Actor) -> None:
        if not may_register(actor):
            raise NotPermitted(_("Only people who receive residents can register a case."))
        self.actor = actor
        self.desk = _desk_of(actor)
        codes = {matter.area for matter in matters}
        there = Area.objects.filter(code__in=codes, abolished_on=None)
        self._areas = set(there.values_list("code", flat=True))
        self._categories = set(Category.objects.filter(retired=False).values_list("kind", "code"))
        lines = {line for code in self._areas for line in above(code)}
        self._posts = {post.area_id: post for post in posts().filter(area__in=lines)}
        self._workers: dict[tuple[UUID, UUID], bool] = {}

    def check(self, matter: Matter, at: datetime) -> None:
        """Raise what ``register_case`` would, and what the database would of lists and lengths."""
        check_told(matter, at)
        for name, values in _LISTS.items():
            if getattr(matter, name) not in values:
                raise Invalid(
                    _("“%(value)s” is not on the list.") % {"value": getattr(matter, name)}
                )
        for name, length in _LENGTHS.items():
            if len(getattr(matter, name)) > length:
                raise Invalid(
                    _("The text is longer than %(length)s characters.") % {"length": length}
                )
        if matter.category and (matter.kind, matter.category) not in self._categories:
            check_category(matter.kind, matter.category)
        if matter.area not in self._areas:
            find_area(matter.area)
        if matter.area[:4] != self.desk.area_id[:4]:
            raise Invalid(
                _("This place is in another city."), {"area": _("Choose an area of this city.")}
            )

    def lowest_post(self, code: str) -> Unit:
        """Return the post of the lowest area that covers ``code``; raises :class:`Invalid`."""
        for line in reversed(above(code)):
            if line in self._posts:
                return self._posts[line]
        return lowest_post(code)

    def check_route(self, route: Route, at: datetime) -> None:
        """Raise :class:`Invalid` unless the person a route names works in its unit."""
        if route.handler is None:
            return
        pair = (route.handler, route.unit.id)
        if pair not in self._workers:
            self._workers[pair] = works_in(*pair, at)
        if not self._workers[pair]:
            raise Invalid(
                _("This person does not work in %(unit)s.") % {"unit": route.unit.name},
                {"handler": _("Choose somebody of the unit.")},
            )

    def hold(self, more: Iterable[Unit]) -> None:
        """Lock the units that get cases as their foreign keys will; raises :class:`Stale`."""
        wanted = {unit.id for unit in (self.desk, *self._posts.values(), *more)}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM areas_unit WHERE id = ANY (%s) AND closed_on IS NULL"
                " ORDER BY id FOR KEY SHARE",
                [list(wanted)],
            )
            if len(cursor.fetchall()) < len(wanted):
                raise Stale(_("This unit was closed meanwhile."), _("Choose another unit."))


def _desk_of(actor: Actor) -> Unit:
    desks = [role.unit for role in actor.roles if role.kind in INTAKE and role.unit]
    there = Unit.objects.filter(pk__in=desks, closed_on=None).in_bulk()
    for desk in desks:
        if desk in there:
            return there[desk]
    raise NotPermitted(_("You have no desk: ask the administrator for a unit."))
