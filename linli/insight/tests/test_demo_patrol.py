"""The demo's patrols: as many as the city has, and rosters that keep to every rule."""

from datetime import UTC, datetime
from random import Random

import pytest

from linli.accounts.models import Role, User
from linli.areas.models import Area, Unit
from linli.dispatch.models import DispatchUnit
from linli.dispatch.models import Shift as Turn
from linli.insight.demo.patrol import SHOWN, patrols
from linli.insight.demo.places import places
from linli.insight.demo.staff import recruit
from linli.patrol.actions.check_roster import broken_rules
from linli.patrol.models import Beat, CheckPoint, Member, PatrolArea, Plan, Seat, Shift, Team

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_there_are_21_areas_and_189_teams_and_no_roster_breaks_a_rule() -> None:
    recruiter = recruit(places(Random("places")), Random("people"))
    Area.objects.bulk_create(
        Area(
            code=place.code, name=place.name, level=place.level, parent_id=place.parent,
            latitude=place.latitude, longitude=place.longitude,
        )
        for place in recruiter.city.places.values()
    )  # fmt: skip
    Unit.objects.bulk_create(recruiter.units)
    User.objects.bulk_create(recruiter.users)
    Role.objects.bulk_create(recruiter.roles)
    patrols(NOW)
    assert PatrolArea.objects.count() == 21
    assert Team.objects.count() == 189
    assert Member.objects.count() == 189 * 5
    kinds = [Beat.objects.filter(kind=kind).count() for kind in ("room", "district")]
    assert kinds == [87, 116]
    assert CheckPoint.objects.count() == 63
    assert Shift.objects.filter(published=True).count() == 21 * 5 * 21
    assert all(count >= 3 for count in _crews().values())
    # Each is a unit of dispatch; the morning's teams can be sent, with those who walk today.
    assert DispatchUnit.objects.filter(team__patrol_team__isnull=False).count() == 189
    out = Turn.objects.filter(unit__status="available")
    assert out.count() == Shift.objects.filter(starts_at__lte=NOW, ends_at__gt=NOW).count() > 21
    assert all(len(turn.crew) >= 3 for turn in out)
    plan = Plan.objects.select_related("patrol_area").get(patrol_area__name=SHOWN)
    assert [one for one in broken_rules(plan) if one.rule != "skill"] == []
    assert User.objects.count() == len(set(User.objects.values_list("name", flat=True)))
    leader = Role.objects.filter(user__username="patrol-leader-620302003")
    assert leader.filter(unit=PatrolArea.objects.get(name=SHOWN).unit_id).exists()


def _crews() -> dict[object, int]:
    found: dict[object, int] = {}
    for shift in Seat.objects.values_list("shift", flat=True):
        found[shift] = found.get(shift, 0) + 1
    return found
