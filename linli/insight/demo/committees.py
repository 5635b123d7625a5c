"""The demo's mediation committees and mediators.

One in each village and neighbourhood, one in each township, and each county's of trades and works.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from linli.accounts.models import RoleKind
from linli.insight.demo.places import short_name
from linli.insight.demo.staff import SINCE, SPECIAL_COMMITTEES, City, Desk
from linli.mediation.models import Committee, Mediator

# Villages end in 村, neighbourhoods in 社区 or 居委会; townships in 镇 or 乡, streets in 街道.
_RURAL = ("村", "村委会", "村民委员会", "镇", "乡")


def committees(city: City) -> Iterator[Committee]:
    """Yield a committee for each village's centre and for each township's own unit."""
    taken: Counter[str] = Counter()
    for code, desk in sorted(city.posts.items()):
        if len(code) == 12:
            yield _committee(city, desk, "village", "neighbourhood", taken)
    for _code, desk in sorted(city.committees.items()):
        yield _committee(city, desk, "township", "street", taken)
    for about, desk in city.special:
        name, kind, types = SPECIAL_COMMITTEES[about]
        place = short_name(city.places[desk.area].name)
        yield Committee(
            unit_id=desk.id, kind=kind, name=desk.name, word=place[:1] + name[2:6],
            seal_name=desk.name, specialities=types,
        )  # fmt: skip


def mediators(made: Iterable[Committee], city: City) -> Iterator[Mediator]:
    """Yield what a committee knows of its members: villages have part-time mediators."""
    for committee in made:
        for user in city.desks[committee.unit_id].people[RoleKind.MEDIATOR]:
            full_time = committee.kind not in ("village", "neighbourhood")
            yield Mediator(user_id=user, committee=committee, full_time=full_time, since=SINCE)


def _committee(city: City, desk: Desk, rural: str, urban: str, taken: Counter[str]) -> Committee:
    place = city.places[desk.area]
    name = f"{short_name(place.name)}人民调解委员会"
    kind = rural if place.name.endswith(_RURAL) else urban
    word = short_name(place.name)[:6]
    taken[word] += 1
    # Two villages of one name are told apart by a figure.
    word = word if taken[word] == 1 else f"{word}{taken[word]}"
    return Committee(unit_id=desk.id, kind=kind, name=name, word=word, seal_name=name)
