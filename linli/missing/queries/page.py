"""What the pages of a search show."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cameras.models import Camera
from linli.cases.models import Case
from linli.cases.policy import visible_to
from linli.kernel.crypto import unseal
from linli.kernel.earth import apart
from linli.kernel.errors import NotFound
from linli.kernel.row_security import unscoped
from linli.missing.models import Belief, Destination, Look, Person, Search
from linli.missing.policy import known_to
from linli.missing.queries.drawing import Drawing, draw
from linli.missing.queries.ground import streets_of
from linli.missing.queries.walks import PlaceRow
from linli.roads import store

TRAIL = 12
# Below this chance of a sighting in the best clip, and above this chance that nobody's camera saw
# anything, footage is not where help is.
POOR, BLIND = 0.03, 0.5


def search_for(actor: Actor, search_id: UUID) -> Search:
    """Return a search the actor knows of."""
    found = (
        Search.objects.filter(known_to(actor), pk=search_id)
        .select_related("made_by", "opened_by", "renewal_by")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such search here."))
    return found


def searches(actor: Actor) -> Sequence[tuple[Search, str]]:
    """Return the searches the actor knows of, with their numbers, those that go on first."""
    rows = Search.objects.filter(known_to(actor)).order_by("-made_at")[:100]
    order = {"open": 0, "waiting": 1, "found": 2}
    found = sorted(rows, key=lambda one: order.get(one.state, 3))
    numbers = numbers_of(found)
    return [(one, numbers[one.case_id]) for one in found]


def numbers_of(found: Sequence[Search]) -> dict[UUID, str]:
    """Return the numbers of the searches' incidents: many who search may not read the incident."""
    with unscoped():
        cases = Case.objects.filter(pk__in=[one.case_id for one in found])
        return dict(cases.values_list("id", "number"))


def reads_case(actor: Actor, search: Search) -> bool:
    """Say whether the actor may read the incident itself."""
    return Case.objects.filter(visible_to(actor), pk=search.case_id).exists()


def words_of(search: Search) -> dict[str, str]:
    """Return what the reporter said; empty once it was erased."""
    person = Person.objects.filter(search=search).defer("photo").first()
    return dict(unseal(person.sealed, search.id.bytes)) if person else {}


def places_of(search: Search) -> list[str]:
    """Return the known destinations in words."""
    rows = Destination.objects.filter(search=search).order_by("pk")
    return [str(unseal(one.sealed, search.id.bytes)) for one in rows]


def newest(search: Search) -> Belief | None:
    """Return the latest belief."""
    return Belief.objects.filter(search=search).order_by("-at", "-pk").first()


def trail_of(search: Search, belief: Belief) -> Sequence[Belief]:
    """Return this belief and those before it, the newest first, with nothing but their middles."""
    before = Belief.objects.filter(search=search, pk__lte=belief.pk).order_by("-at", "-pk")
    return list(before.only("longitude", "latitude")[:TRAIL])


def map_of(
    search: Search, belief: Belief, trail: Sequence[Belief], places: Sequence[PlaceRow]
) -> Drawing | None:
    """Return the belief as a drawing with ``places``, and how it moved; None where its map is gone."""
    version, streets = store.current(), streets_of(search)
    if version is None or version.name != belief.map_version or streets is None:
        return None
    marks = [(one.longitude, one.latitude, "place", one.letter) for one in places]
    marks.append((search.longitude or 0.0, search.latitude or 0.0, "start", ""))
    sightings = Look.objects.filter(search=search, outcome="seen", camera__isnull=False)
    looks = list(sightings.order_by("since"))
    with unscoped():
        where = {
            key: (longitude, latitude)
            for key, longitude, latitude in Camera.objects.filter(
                pk__in=[look.camera for look in looks]
            ).values_list("id", "longitude", "latitude")
        }
    marks += [
        (*where[look.camera], "seen", str(number))
        for number, look in enumerate(looks, 1)
        if look.camera in where
    ]
    middles = [(one.longitude, one.latitude) for one in reversed(trail)]
    return draw(streets, belief.heat, middles, marks)


def moved(trail: Sequence[Belief]) -> int | None:
    """Return by how many metres the middle of the belief moved when it was last drawn anew."""
    if len(trail) < 2:
        return None
    new, old = trail[:2]
    return round(apart((new.longitude, new.latitude), (old.longitude, old.latitude)))


def is_poor(belief: Belief | None) -> bool:
    """Say whether footage will hardly help now, so that people are sent first."""
    if belief is None:
        return True
    best = max((row[2] for row in belief.clips), default=0.0)
    return best < POOR or belief.unseen > BLIND


def record_rows(search: Search) -> list[tuple[str, Any]]:
    """Return the numbers of a closed search in words."""
    words = {
        "clips": _("clips of five minutes looked at"), "minutes": _("minutes of footage"),
        "sightings": _("sightings in footage"), "people": _("people who took part"),
        "walks": _("parts of streets walked"), "metres": _("metres walked"),
        "looked": _("buildings and places looked through"),
        "calls": _("calls from people who saw somebody"),
        "told": _("hospitals and stations told"), "untold": _("hospitals and stations not told"),
    }  # fmt: skip
    return [(words[name], search.record[name]) for name in words if name in search.record]
