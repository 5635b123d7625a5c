"""Words in titles: what is found over years, page by page, is what reading every title finds."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from linli.accounts.actor import Actor
from linli.accounts.scope import acting
from linli.cases.models import Case
from linli.cases.queries.feed import feed
from linli.cases.queries.listing import page
from linli.cases.queries.selection import BY_DEADLINE, Selection
from tests.cast import GRID, LONGMENLI, OTHER_VILLAGE, TUESDAY, Cast, make_case, make_cast

pytestmark = pytest.mark.django_db
PIECES = ("漏水", "邻里", "楼道", "水漏", "A座", "停车位")
WORDS = ("漏水", "邻里", "水", "停车位", "漏水 邻里", "a座", "水漏水", "没有这个词")
PEOPLE = ("city_director", "clerk", "mediator", "grid_worker", "officer", "neighbour_clerk")


@pytest.fixture
def cast() -> Cast:
    """Ninety matters: many in one month, others scattered over twelve years, some hours apart."""
    cast, rng = make_cast(), Random(7)
    for number in range(90):
        age = timedelta(days=rng.choice([0, 1, 31, 33, 64, rng.randrange(4400)]), hours=number % 9)
        title = "".join(rng.choices(PIECES, k=rng.randint(1, 3)))
        area = rng.choice([LONGMENLI, GRID, OTHER_VILLAGE])
        make_case(cast, title=title, area=area, at=TUESDAY - age)
    return cast


def everything(actor: Actor, selection: Selection, most: int) -> list[Any]:
    """Page through a selection and return the ids in their order."""
    found: list[Any] = []
    after = ""
    while True:
        part = feed(actor, selection, now=TUESDAY, after=after, most=most)
        found += [text.split('"')[3] for text in part.objects]
        if part.next is None:
            return found
        after = part.next


@pytest.mark.parametrize("name", PEOPLE)
def test_found_is_what_reading_every_title_finds(cast: Cast, name: str) -> None:
    actor = cast.actor(name)
    with acting(actor):
        seen = list(Case.objects.order_by("-opened_at", "-id").values_list("id", "title"))
        for number, words in enumerate(WORDS):
            wanted = [str(i) for i, title in seen if all(w in title.lower() for w in words.split())]
            assert everything(actor, Selection(words=words), 1 + 7 * (number % 3)) == wanted, words
            by_deadline = everything(actor, Selection(words=words, order=BY_DEADLINE), 8)
            assert sorted(by_deadline) == sorted(wanted), words


def test_the_page_before_is_found_too(cast: Cast) -> None:
    actor = cast.actor("city_director")
    with acting(actor):
        selection = Selection(words="水")
        every = everything(actor, Selection(words="漏水"), 100)
        newest = feed(actor, Selection(words="漏水"), now=TUESDAY, most=5)
        assert newest.next is not None
        older = page(actor, Selection(words="漏水"), now=TUESDAY, after=newest.next)
        assert older.before is not None
        back = page(actor, Selection(words="漏水"), now=TUESDAY, before=older.before)
        assert [str(row.id) for row in back.rows] == every[:5]
        assert everything(actor, selection, 3) == everything(actor, selection, 50)


def test_a_new_title_is_found_by_its_new_words(cast: Cast) -> None:
    actor = cast.actor("city_director")
    case = Case.objects.filter(area=LONGMENLI).earliest("opened_at")
    case.title = "水表被换"
    case.save(update_fields=["title"])
    with acting(actor):
        assert everything(actor, Selection(words="水表"), 5) == [str(case.id)]
