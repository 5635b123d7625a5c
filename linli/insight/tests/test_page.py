"""The page of figures and the area page's part: who sees what, how many queries, bad input."""

from datetime import date
from random import Random

import pytest
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from linli.accounts.figures import areas_of
from linli.accounts.models import Role
from linli.accounts.scope import acting
from linli.areas.models import Area
from linli.insight import queries
from linli.insight.models import Delta, Facet, Rollup
from linli.insight.report import report
from linli.insight.rollup import fold
from linli.insight.slots import area_figures
from linli.insight.tasks import fold_figures
from linli.insight.tests.histories import NOW, add_case
from linli.kernel.periods import Period
from tests.cast import (
    BEIJING_ROAD,
    CITY,
    COUNTY,
    GRID,
    GUANGZHOU_ROAD,
    LONGMENLI,
    TUESDAY,
    Cast,
    make_case,
    make_cast,
)

BACKEND = "linli.accounts.backend.RoleBackend"


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    random = Random(9)
    for _ in range(40):
        add_case(random, cast.posts[CITY])
    fold(batch=20)
    add_case(random, cast.posts[CITY])
    return cast


def signed_in(client: Client, cast: Cast, name: str) -> Client:
    # The sign-in that counts wrong passwords asks for an address, which this one has not.
    with override_settings(AXES_ENABLED=False):
        client.force_login(cast.users[name], backend=BACKEND)
    return client


@pytest.mark.parametrize("name", ["auditor", "officer", "mediator", "director", "administrator"])
def test_everybody_reads_the_figures_of_the_own_area_and_no_other(cast: Cast, name: str) -> None:
    actor = cast.actor(name)
    everything = {code: queries.figures(code, Period(), NOW).total().cases for code in cast.posts}
    with acting(actor):
        for code, cases in everything.items():
            inside = any(code.startswith(own) for own in areas_of(actor))
            found = queries.figures(code, Period(), NOW).total().cases
            assert found == (cases if inside else 0)
            assert bool(queries.now(code, NOW)) == inside
        below = queries.below(COUNTY, [BEIJING_ROAD, GUANGZHOU_ROAD], Period(), NOW)
        inside = any(GUANGZHOU_ROAD.startswith(own) for own in areas_of(actor))
        assert below[GUANGZHOU_ROAD].total().cases == (everything[GUANGZHOU_ROAD] if inside else 0)


def test_the_database_repeats_the_scope(cast: Cast) -> None:
    with acting(cast.actor("mediator")):
        areas = set(Rollup.objects.values_list("area", flat=True))
        areas |= set(Delta.objects.values_list("area", flat=True))
        assert areas
        assert all(code.startswith(LONGMENLI) for code in areas)
        assert Rollup.objects.update(cases=0) == 0
        assert Rollup.objects.all().delete()[0] == 0


def test_a_role_that_has_ended_reads_nothing(cast: Cast) -> None:
    actor = cast.actor("auditor")
    Role.objects.filter(user=actor.user_id).update(ends=date(2020, 1, 1))
    with acting(actor):
        assert not queries.figures(CITY, Period(), NOW).cells
        assert not Rollup.objects.exists()


def test_a_case_counts_at_once_and_follows_its_moves(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    before = queries.figures(LONGMENLI, Period(), NOW, [Facet.STATE]).total("dispute").cases
    with acting(clerk):
        make_case(cast, at=TUESDAY)
    after = queries.figures(LONGMENLI, Period(), NOW, [Facet.STATE]).total("dispute").cases
    assert after == before + 1


@pytest.mark.parametrize("name", ["clerk", "auditor", "mediator", "city_director", "grid_worker"])
def test_home_opens_for_everybody(
    cast: Cast, client: Client, name: str, django_assert_max_num_queries: object
) -> None:
    signed_in(client, cast, name)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        response = client.get("/figures/", {"period": "all"})
    assert response.status_code == 200
    code = areas_of(cast.actor(name))[0]
    total = queries.figures(code, Period(), NOW).total().cases
    assert f'<span class="tile-value">{total}</span>' in response.content.decode()


def test_figures_open_the_cases_only_for_who_may_see_them(cast: Cast, client: Client) -> None:
    signed_in(client, cast, "auditor")
    assert b'href="/cases/?' not in client.get("/figures/").content


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"area": GUANGZHOU_ROAD}, 403),
        ({"area": "62"}, 403),
        ({"area": "abc"}, 422),
        ({"area": BEIJING_ROAD + "999"}, 404),
        ({"period": "never"}, 200),
        ({"since": "2026-02-30"}, 422),
        ({"since": "2026-02-02", "until": "2026-02-01"}, 422),
        ({"since": "0001-01-01", "until": "9999-12-31"}, 200),
        ({"period": "own", "since": "2026-01-05"}, 200),
        ({"area": GRID, "period": "twelve"}, 200),
    ],
)
def test_bad_input_is_explained(
    cast: Cast, client: Client, query: dict[str, str], status: int
) -> None:
    signed_in(client, cast, "clerk")
    response = client.get("/figures/", query)
    assert response.status_code == status
    if "since" in query:
        assert query["since"].encode() in response.content


@pytest.mark.parametrize("code", [CITY, BEIJING_ROAD, LONGMENLI, GRID])
def test_an_area_shows_its_figures(
    cast: Cast, code: str, django_assert_max_num_queries: object
) -> None:
    request = RequestFactory().get("/")
    request.actor = cast.actor("city_director")  # type: ignore[attr-defined]
    area = Area.objects.get(code=code)
    with acting(cast.actor("city_director")), django_assert_max_num_queries(7):  # type: ignore[operator]
        html = area_figures(request, area=area)
    assert f">{queries.sum_of(queries.now(code, NOW).values()).open}" in html


def test_an_area_shows_no_figures_to_strangers(cast: Cast) -> None:
    request = RequestFactory().get("/")
    request.actor = cast.actor("neighbour_clerk")  # type: ignore[attr-defined]
    assert area_figures(request, area=Area.objects.get(code=BEIJING_ROAD)) == ""


def test_page_and_command_say_the_same(cast: Cast, client: Client) -> None:
    signed_in(client, cast, "city_director")
    days = {"since": "2026-01-03", "until": "2026-03-18"}
    html = client.get("/figures/", {"area": COUNTY, **days}).content.decode()
    told = report(COUNTY, Period(date(2026, 1, 3), date(2026, 3, 18)), timezone.now())
    disputes = told["disputes"]
    assert disputes["total"] > 0
    for value in (
        f"{told['cases']['total']:,}",
        f"{disputes['total']:,}",
        f"{disputes['resolved']:,}",
        f"{disputes['resolved'] / disputes['total'] * 100:.1f}%",
        f"{told['overdue']:,}",
    ):
        assert f'<span class="tile-value">{value}</span>' in html
    for count in disputes["by_level"].values():
        assert not count or f"<strong>{count:,}</strong>" in html


def test_the_worker_folds(cast: Cast) -> None:
    assert Delta.objects.exists()
    fold_figures(0)
    assert not Delta.objects.exists()
