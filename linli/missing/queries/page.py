"""What the pages of a search show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cameras.models import Camera, Grant
from linli.kernel.crypto import unseal
from linli.kernel.errors import NotFound
from linli.kernel.row_security import unscoped
from linli.missing.lifecycle import LEASE, STREET_LEASE
from linli.missing.models import Belief, Destination, Look, Person, Search, Walk
from linli.missing.planning.belief import CLIP
from linli.missing.policy import known_to
from linli.missing.queries.drawing import Drawing, draw
from linli.missing.queries.ground import ground_of
from linli.premises.models import Premises
from linli.roads import store
from linli.roads.network import network_in

SHOWN, BELIEFS, TRAIL = 10, 30, 12
# Below this chance of a sighting in the best clip, and above this chance that nobody's camera saw
# anything, footage is not where help is.
POOR, BLIND = 0.03, 0.5
TOLD = ("hospital", "transport_station")
KILOMETRES = 0.15


@dataclass(frozen=True, slots=True)
class ClipRow:
    """A clip to look at: where and when, the chance of a sighting, and who has it."""

    camera: UUID
    since: datetime
    until: datetime
    code: str
    name: str
    percent: float
    a_minute: float
    look: Look | None = None
    grant: Grant | None = None

    @property
    def key(self) -> int:
        """Return when it begins, as the page sends it back."""
        return int(self.since.timestamp())


@dataclass(frozen=True, slots=True)
class PartRow:
    """Streets to walk: their number in the plan, names, metres and chance."""

    number: int
    names: str
    metres: int
    percent: float


def search_for(actor: Actor, search_id: UUID) -> Search:
    """Return a search the actor knows of."""
    found = (
        Search.objects.filter(known_to(actor), pk=search_id)
        .select_related("case", "made_by", "opened_by", "renewal_by")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such search here."))
    return found


def searches(actor: Actor) -> Sequence[Search]:
    """Return the searches the actor knows of, those that go on first."""
    rows = Search.objects.filter(known_to(actor)).select_related("case")
    order = {"open": 0, "waiting": 1, "found": 2}
    return sorted(rows.order_by("-made_at")[:100], key=lambda one: order.get(one.state, 3))


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


def clips_to_review(search: Search, belief: Belief | None, at: datetime) -> list[ClipRow]:
    """Return the best clips that nobody has taken or looked at."""
    if belief is None:
        return []
    busy = {
        (str(look.camera), look.since.timestamp())
        for look in Look.objects.filter(search=search)
        if look.said_at or look.taken_at > at - LEASE
    }
    free = [row for row in belief.clips if (row[0], row[1]) not in busy][:SHOWN]
    names = _cameras([UUID(key) for key, _since, _chance in free])
    return [
        _row(UUID(key), datetime.fromtimestamp(since, UTC), chance, names)
        for key, since, chance in free
    ]


def clips_of(search: Search, user: UUID | None) -> list[ClipRow]:
    """Return the clips somebody has taken and not said yet."""
    looks = list(Look.objects.filter(search=search, by=user, said_at=None).order_by("taken_at"))
    names = _cameras([look.camera for look in looks if look.camera])
    grants = Grant.objects.in_bulk([look.grant for look in looks if look.grant])
    return [
        _row(
            look.camera,
            look.since,
            look.chance or 0.0,
            names,
            look=look,
            grant=grants.get(look.grant),
        )
        for look in looks
        if look.camera
    ]


def _row(
    camera: UUID, since: datetime, chance: float, names: dict[UUID, tuple[str, str]],
    *, look: Look | None = None, grant: Grant | None = None,
) -> ClipRow:  # fmt: skip
    code, name = names.get(camera, ("", ""))
    until = since + timedelta(seconds=CLIP)
    return ClipRow(
        camera, since, until, code, name, round(chance * 100, 1),
        round(chance * 100 / (CLIP / 60), 1), look, grant,
    )  # fmt: skip


def _cameras(wanted: list[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return code and name of cameras: those in a search may know where footage is."""
    with unscoped():
        rows = list(Camera.objects.filter(pk__in=wanted).values_list("id", "code", "name"))
    return {key: (code, name) for key, code, name in rows}


def parts_to_walk(search: Search, belief: Belief | None, at: datetime) -> list[PartRow]:
    """Return the proposed parts that nobody is walking."""
    if belief is None:
        return []
    busy = {
        street
        for walk in Walk.objects.filter(search=search, said_at=None, taken_at__gt=at - STREET_LEASE)
        for street in walk.streets
    }
    return [
        PartRow(number, names_of(belief, streets), metres, round(chance * 100, 1))
        for number, (streets, chance, metres) in enumerate(belief.parts)
        if not busy & set(streets)
    ]


def names_of(belief: Belief, streets: Sequence[int]) -> str:
    """Return the names of the streets of a part, each once."""
    version = store.version_named(belief.map_version)
    if version is None:
        return ""
    network = network_in(version.directory)
    found = dict.fromkeys(filter(None, (network.name_of(street) for street in streets)))
    return "、".join(list(found)[:6])


def map_of(search: Search) -> Drawing | None:
    """Return the belief as a drawing, and how it moved; None where there is none."""
    beliefs = list(Belief.objects.filter(search=search).order_by("-at", "-pk")[:TRAIL])[::-1]
    ground = ground_of(search)
    if not beliefs or ground is None or ground.version != beliefs[-1].map_version:
        return None
    marks = [(search.longitude or 0.0, search.latitude or 0.0, "start", "")]
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
    return draw(ground, beliefs, marks)


def is_poor(belief: Belief | None) -> bool:
    """Say whether footage will hardly help now, so that people are sent first."""
    if belief is None:
        return True
    best = max((row[2] for row in belief.clips), default=0.0)
    return best < POOR or belief.unseen > BLIND


def to_tell(search: Search) -> Sequence[Premises]:
    """Return hospitals and stations around, to be called."""
    if search.latitude is None or search.longitude is None:
        return []
    near = Premises.objects.filter(
        kind_id__in=TOLD,
        latitude__range=(search.latitude - KILOMETRES, search.latitude + KILOMETRES),
        longitude__range=(search.longitude - KILOMETRES, search.longitude + KILOMETRES),
    )
    return list(near.order_by("kind_id", "name")[:12])


def record_rows(search: Search) -> list[tuple[str, Any]]:
    """Return the numbers of a closed search in words."""
    words = {
        "clips": _("clips of five minutes looked at"), "minutes": _("minutes of footage"),
        "sightings": _("sightings in footage"), "people": _("people who took part"),
        "walks": _("parts of streets walked"), "metres": _("metres walked"),
        "calls": _("calls from people who saw somebody"),
    }  # fmt: skip
    return [(words[name], search.record[name]) for name in words if name in search.record]
