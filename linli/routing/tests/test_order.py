"""The order of rules, on random rules and cases: the first that fits wins, and never nowhere."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.areas.codes import above
from linli.areas.models import Unit
from linli.cases.actions.register import Matter
from linli.cases.choices import Channel, Kind, Urgency
from linli.routing.matching import Conditions, Moment, Occasion, in_order, in_span, suits
from linli.routing.models import Edition, Rule, RuleSet
from linli.routing.queries import where_to, where_to_many
from linli.routing.queries.route import moment_at
from tests.cast import AREAS, CITY, TUESDAY, Cast

PLACES = [code for code in AREAS if len(code) > 2]
CATEGORIES = ["neighbour", "family", "labour"]


@dataclass(frozen=True)
class Numbered:
    """A rule without a target."""

    name: int
    conditions: Conditions


def some(choices: list[Any]) -> st.SearchStrategy[frozenset[Any]]:
    """Mostly nothing in particular, else one or two of a list."""
    return st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(choices), max_size=2))


def conditions(places: list[str]) -> st.SearchStrategy[Conditions]:
    clock = st.one_of(st.none(), st.times())
    day = st.dates(date(2026, 3, 1), date(2026, 3, 20))
    return st.builds(
        Conditions,
        place=st.sampled_from(places),
        kinds=some(Kind.values),
        categories=some(CATEGORIES),
        urgencies=some(Urgency.values),
        channels=some(Channel.values[:3]),
        hours=st.sampled_from(["any", "any", "office", "outside", "own"]),
        days=st.sampled_from(["", "working", "off"]),
        weekdays=some([1, 2, 3, 4, 5, 6, 7]),
        since=clock,
        until=clock,
        starts=st.one_of(st.none(), day),
        ends=st.one_of(st.none(), day),
    )


RULES = st.lists(conditions(PLACES), max_size=8).map(
    lambda found: [Numbered(name, one) for name, one in enumerate(found)]
)
MOMENTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 20), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given beside
MATTERS = st.builds(
    Matter,
    kind=st.sampled_from(Kind.values),
    title=st.just("事项"),
    area=st.sampled_from(PLACES),
    channel=st.sampled_from(Channel.values[:3]),
    category=st.one_of(st.none(), st.sampled_from(CATEGORIES)),
    urgency=st.sampled_from(Urgency.values),
)


def occasion(matter: Matter, moment: Moment) -> Occasion:
    family = frozenset({matter.category} if matter.category else ())
    return Occasion(matter.area, matter.kind, family, matter.urgency, matter.channel, moment)


def winner(rules: list[Numbered], case: Occasion) -> int | None:
    found = next(in_order({CITY: rules}, case, above(case.area)), None)
    return None if found is None else found.name


OCCASIONS = st.builds(
    lambda matter, at, works, office: occasion(
        matter, Moment(at.date(), at.time(), works, office and works)
    ),
    MATTERS, MOMENTS, st.booleans(), st.booleans(),
)  # fmt: skip


@given(RULES, OCCASIONS)
@settings(max_examples=50)
def test_the_first_that_fits_wins_every_time(rules: list[Numbered], case: Occasion) -> None:
    fitting = [rule.name for rule in rules if suits(rule.conditions, case)]
    assert winner(rules, case) == (fitting[0] if fitting else None)
    assert winner(rules, case) == winner(rules, case)


@given(RULES, OCCASIONS, st.data())
@settings(max_examples=50)
def test_moving_a_rule_matters_only_to_cases_it_fits(
    rules: list[Numbered], case: Occasion, data: st.DataObject
) -> None:
    if not rules:
        return
    place = data.draw(st.integers(0, len(rules) - 1))
    moved = rules[place]
    others = rules[:place] + rules[place + 1 :]
    goal = data.draw(st.integers(0, len(others)))
    again = [*others[:goal], moved, *others[goal:]]
    before, after = winner(rules, case), winner(again, case)
    if before != after:
        assert suits(moved.conditions, case)
        assert moved.name in (before, after)
    # At the top it wins whatever it fits.
    assert (winner([moved, *others], case) == moved.name) == suits(moved.conditions, case)


@given(st.times(), st.times(), st.times())
@settings(max_examples=50)
def test_a_span_and_its_complement_share_no_moment(clock: time, since: time, until: time) -> None:
    if since != until:
        assert in_span(clock, since, until) != in_span(clock, until, since)


@pytest.mark.django_db
@given(
    st.lists(
        st.tuples(conditions(PLACES), st.integers(0, 9), st.sampled_from(["620302", "6203", "620302003"])),
        max_size=6,
    ),
    st.lists(MATTERS, min_size=1, max_size=4),
    MOMENTS,
)  # fmt: skip
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_one_and_many_agree_and_nothing_goes_nowhere(
    cast: Cast, rules: list[tuple[Conditions, int, str]], matters: list[Matter], at: datetime
) -> None:
    units = [cast.justice, *cast.posts.values()]
    Rule.objects.all().delete()
    RuleSet.objects.all().delete()
    for position, (said, target, area) in enumerate(rules, 1):
        rule_set, _new = RuleSet.objects.get_or_create(
            area_id=area, defaults={"number": 1, "made_at": TUESDAY, "switched_on_at": TUESDAY}
        )
        save_rule(rule_set, position, said, units[target % len(units)])
    Edition.objects.update_or_create(pk=1, defaults={"token": Edition().token})
    # One of the targets has gone.
    Unit.objects.filter(pk=units[0].pk).update(closed_on=date(2026, 1, 1))
    many = where_to_many(matters, at)
    for matter, route in zip(matters, many, strict=True):
        assert route is not None
        assert route.unit != units[0] or route.rule is None
        assert where_to(matter, at) == route
        expected = reference(matter, at, units[0])
        assert (route.rule and Rule.objects.get(pk=route.rule)) == expected
        if expected is None:
            assert route.unit.area_id in above(matter.area)
    Unit.objects.filter(pk=units[0].pk).update(closed_on=None)


def save_rule(rule_set: RuleSet, position: int, said: Conditions, unit: Unit) -> None:
    ends = said.ends if not (said.starts and said.ends and said.ends < said.starts) else None
    Rule.objects.create(
        set=rule_set, position=position, place_id=said.place, kinds=sorted(said.kinds),
        categories=sorted(said.categories), urgencies=sorted(said.urgencies),
        channels=sorted(said.channels), hours=said.hours, days=said.days,
        weekdays=sorted(said.weekdays), since=said.since, until=said.until, starts=said.starts,
        ends=ends, unit=unit, written_at=TUESDAY,
    )  # fmt: skip


def reference(matter: Matter, at: datetime, gone: Unit) -> Rule | None:
    """Ask every rule by hand: longest area first, then by position."""
    rules = Rule.objects.select_related("set")
    ordered = sorted(rules, key=lambda rule: (-len(rule.set.area_id), rule.position))
    case = occasion(matter, moment_at(at))
    for rule in ordered:
        above_it = matter.area.startswith(rule.set.area_id)
        if above_it and rule.unit_id != gone.pk and suits(rule.conditions, case):
            return rule
    return None


@pytest.mark.django_db
def test_the_day_is_the_citys() -> None:
    """Five in the afternoon in UTC is one in the morning of the next day in Jinchang, a Saturday."""
    found = moment_at(datetime(2026, 3, 13, 17, tzinfo=UTC))
    assert (found.day, found.time, found.works) == (date(2026, 3, 14), time(1), False)
