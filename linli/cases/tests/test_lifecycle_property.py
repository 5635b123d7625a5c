"""Random people do random things in random order: whatever comes of it is lawful and told."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from linli.accounts.scope import acting
from linli.cases import lifecycle
from linli.cases.actions.fire import fire_due
from linli.cases.choices import Kind, Urgency
from linli.cases.lights import light_of
from linli.cases.models import Case, Clock, Placement
from linli.cases.tests.desk import Desk, told
from linli.cases.web.verbs import PAGES
from linli.kernel.errors import Refused
from tests.cast import BEIJING_ROAD, CITY, COUNTY, GRID, LONGMENLI, TUESDAY, Cast, make_case

VERBS = [*PAGES, "clocks"]
# Those who can do something at all; the others' refusals are tried elsewhere.
ACTORS = ["clerk", "director", "mediator", "second_mediator", "village_director", "grid_worker",
          "county_director", "city_director", "officer"]  # fmt: skip
AREAS = [CITY, COUNTY, BEIJING_ROAD, LONGMENLI, GRID]
# From a minute to a month, so that terms run out.
PAUSES = [timedelta(minutes=1), timedelta(hours=3), timedelta(days=1), timedelta(days=30)]


def _drawn(dice: Random) -> tuple[Any, ...]:
    """Draw a step: who, what, where to, whom, after which pause, and a chance of a hundred."""
    return (
        dice.choice(ACTORS), dice.choice(VERBS), dice.choice(AREAS), dice.choice(ACTORS),
        dice.choices(PAUSES, [6, 3, 2, 1])[0], dice.randrange(100),
    )  # fmt: skip


def _arguments(cast: Cast, verb: str, area: str, person: str, good: bool) -> dict[str, Any]:
    note = "因为" if good else " "
    unit = cast.justice.id if good and verb == "assist" else cast.posts[area].id
    special: dict[str, dict[str, Any]] = {
        "accept": {},
        "assign": {"unit": unit if good else None},
        "designate": {"unit": unit, "note": note},
        "assist": {"unit": unit},
        "hand_over": {"handler": cast.users[person].id},
        "refer": {"destination": "court" if good else "moon", "note": note},
        "follow_up": {"way": "visit", "satisfaction": 3 if good else 9, "recurred": False},
        "extend": {"days": 5 if good else 61, "note": note},
        "classify": {"difficulty": "complex" if good else "simple"},
    }
    return special.get(verb, {"note": note})


def _choose(
    desk: Desk, case: Case, drawn: tuple[Any, ...], done: Counter[str]
) -> tuple[str, str, bool]:
    """Return who does what, well or badly: mostly what a page offers, one time in five anything."""
    name, verb, _area, _person, _pause, chance = drawn
    if chance < 20 or verb == "clocks":
        return name, verb, chance % 2 == 0
    turn = ACTORS.index(name)
    for other in ACTORS[turn:] + ACTORS[:turn]:
        offered = sorted(desk.offered_to(other, case))
        # An end is an end: walks that lead on say more.
        going_on = [
            verb for verb in offered if lifecycle.MOVES[verb].to not in lifecycle.ENDED_OTHERWISE
        ]
        choice = offered if chance > 95 else going_on
        if choice:
            # What this walk has not done yet comes first.
            fewest = min(done[verb] for verb in choice)
            rare = [verb for verb in choice if done[verb] == fewest]
            return other, rare[chance % len(rare)], True
    return name, verb, True


def _step(desk: Desk, case: Case, at: datetime, drawn: tuple[Any, ...], done: Counter[str]) -> None:
    cast = desk.cast
    name, verb, good = _choose(desk, case, drawn, done)
    if verb == "clocks":
        fire_due(at=at)
        return
    before = Case.objects.get(pk=case.id)
    arguments = _arguments(cast, verb, drawn[2], drawn[3], good)
    actor = cast.actor(name)
    if verb == "merge":
        with acting(cast.actor("clerk")):
            arguments = {"into": make_case(cast, at=at).id}
    try:
        with acting(actor):
            PAGES[verb].act(case.id, actor=actor, at=at, **arguments)
    except Refused:
        event(f"{verb} refused")
        assert Case.objects.get(pk=case.id).version == before.version
    else:
        event(f"{verb} done")
        done[verb] += 1
        assert lifecycle.legal(verb, before.state)
        assert Case.objects.get(pk=case.id).state == lifecycle.after(verb, before.state)


def _holds(case: Case, at: datetime) -> None:
    """Insist on everything that is true of a case at every moment."""
    told(case)
    case = Case.objects.select_related("holder").get(pk=case.id)
    if case.state in lifecycle.OPEN:
        lead = Placement.objects.get(case=case, part="lead", until=None)
        assert lead.unit_id == case.holder_id
    running = Clock.objects.filter(case=case, stopped_at=None)
    going = [clock for clock in running if clock.paused_at is None]
    assert case.due_at == min((clock.due_at for clock in going), default=None)
    assert case.warn_at == min((clock.warn_at for clock in going), default=None)
    if case.state in lifecycle.ENDED_OTHERWISE | {"closed"}:
        assert not running
    if light_of(case, at) == "green":
        assert case.followed_up_at is not None
        assert case.state in ("resolved", "closed")
    assert (case.resolved_at is not None) == (case.state in ("resolved", "closed"))


# The dice are thrown by a seed: drawn one by one, most walks would resemble the smallest one.
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), length=st.integers(5, 30))
def test_no_walk_leads_outside_the_law(desk: Desk, seed: int, length: int) -> None:
    dice, at, done = Random(seed), TUESDAY, Counter[str]()
    mark = transaction.savepoint_create()
    with acting(desk.cast.actor("clerk")):
        case = make_case(
            desk.cast,
            at=at,
            kind=dice.choice(Kind.values),
            category=None,
            urgency=dice.choice(Urgency.values),
            area=dice.choice([LONGMENLI, GRID]),
        )
    for _ in range(length):
        drawn = _drawn(dice)
        at += drawn[4]
        _step(desk, case, at, drawn, done)
        _holds(case, at)
    transaction.savepoint_rollback(mark)
