"""Random people do random things in random order: whatever comes of it is lawful and told."""

from datetime import datetime, timedelta
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

step = st.tuples(
    st.sampled_from(ACTORS),
    # Weighted towards the steps that lead on, or the walks would end early.
    st.sampled_from([*VERBS, "assign", "accept", "accept", "return", "escalate", "resolve"]),
    st.sampled_from(AREAS),
    st.sampled_from(ACTORS),
    st.sampled_from(PAUSES),
    st.booleans(),
)
beginning = st.tuples(
    st.sampled_from(Kind.values),
    st.sampled_from(Urgency.values),
    st.sampled_from([LONGMENLI, GRID]),
)


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


def _step(cast: Cast, case: Case, at: datetime, drawn: tuple[Any, ...]) -> None:
    name, verb, area, person, _pause, good = drawn
    if verb == "clocks":
        fire_due(at=at)
        return
    before = Case.objects.get(pk=case.id)
    arguments = _arguments(cast, verb, area, person, good)
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


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(start=beginning, walk=st.lists(step, min_size=5, max_size=25))
def test_no_walk_leads_outside_the_law(
    desk: Desk, start: tuple[str, str, str], walk: list[tuple[Any, ...]]
) -> None:
    kind, urgency, area = start
    at = TUESDAY
    mark = transaction.savepoint()
    with acting(desk.cast.actor("clerk")):
        told_of = {"kind": kind, "category": None, "urgency": urgency, "area": area}
        case = make_case(desk.cast, at=at, **told_of)
    for drawn in walk:
        at += drawn[4]
        _step(desk.cast, case, at, drawn)
        _holds(case, at)
    transaction.savepoint_rollback(mark)
