"""Whatever roles somebody holds, they reach what the roles of the day cover and nothing else."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.accounts.actor import AREA_REACHING, Actor, HeldRole
from linli.accounts.models import Leave, Role, RoleKind, User
from linli.accounts.queries import actor_of, standing_in_for
from linli.areas.models import Area
from tests.cast import AREAS, SINCE, make_areas, make_user

DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 12))
CODES = sorted(code for code in AREAS if len(code) > 2)
PERIODS = st.tuples(DAYS, st.none() | st.integers(0, 6))
ROLES = st.lists(
    st.tuples(st.sampled_from(RoleKind.values), st.sampled_from(CODES), PERIODS), max_size=6
)


class RolesInTime(TestCase):
    """Against a plain reading of the rows."""

    @classmethod
    def setUpTestData(cls) -> None:
        make_areas()
        cls.user = User.objects.create_user("wang.fang", name="王芳")

    @settings(max_examples=60, deadline=None)
    @given(roles=ROLES, day=DAYS)
    def test_an_actor_is_what_the_rows_of_the_day_say(self, roles: list, day: date) -> None:
        expected = []
        for kind, area, (starts, length) in roles:
            ends = None if length is None else starts + timedelta(days=length)
            Role.objects.create(user=self.user, kind=kind, area=area, starts=starts, ends=ends)
            if starts <= day and (ends is None or day <= ends):
                expected.append((kind, area))
        actor = actor_of(self.user.pk, day)
        assert actor is not None
        assert sorted((role.kind, role.area) for role in actor.roles) == sorted(expected)
        for code in Area.objects.values_list("code", flat=True):
            covered = any(k in AREA_REACHING and code.startswith(a) for k, a in expected)
            assert actor.reaches(code) == covered
            assert any(code.startswith(area) for area in actor.areas) == covered
        for one in actor.areas:
            assert not any(one != other and one.startswith(other) for other in actor.areas)


@given(st.lists(st.sampled_from(CODES), max_size=8))
def test_areas_cover_each_code_once(codes: list[str]) -> None:
    actor = Actor(uuid4(), "x", tuple(HeldRole("window_clerk", code, None) for code in codes))
    assert all(any(code.startswith(area) for area in actor.areas) for code in codes)
    assert len(set(actor.areas)) == len(actor.areas)


@pytest.mark.django_db
def test_a_stand_in_is_one_for_the_days_of_the_leave_only() -> None:
    make_areas()
    away = make_user("away", "auditor", "6203", None)
    other = make_user("other", "auditor", "6203", None)
    first, last = date(2026, 1, 5), date(2026, 1, 9)
    Leave.objects.create(user=away, starts=first, ends=last, stand_in=other)
    for day, stands in (
        (first, True),
        (last, True),
        (last + timedelta(days=1), False),
        (SINCE, False),
    ):
        actor = actor_of(other.pk, max(day, SINCE))
        assert actor is not None
        assert (away.pk in actor.stands_in_for) == stands
        assert [user.pk for user in standing_in_for(actor, day)] == ([away.pk] if stands else [])
