"""Imported inside the served instance once it has a map: a patrol area, its people, a shift that is
under way, and one of yesterday whose track is counted."""

from datetime import timedelta

from django.utils import timezone

from linli.accounts.actor import SYSTEM
from linli.patrol.actions.plan_roster import new_shift
from linli.patrol.actions.score_shifts import score_due
from linli.patrol.actions.write_point import PointData, add_point
from linli.patrol.models import Fix, Plan, Seat, Shift, ShiftPattern
from linli.patrol.tests.blocks import SOUTH, STEP, WEST, walked
from linli.patrol.tests.round import Round, make_area, make_team
from tests.cast import GUANGZHOU_ROAD, PASSWORD

now = timezone.now()
today = timezone.localdate(now)
round_ = Round(None, make_area("示例第一巡区", GUANGZHOU_ROAD))  # type: ignore[arg-type]
round_.person("patrol_leader", "patrol_leader", round_.area.unit)
for number in (1, 2, 3):
    make_team(round_, number)
for user in round_.users.values():
    user.set_password(PASSWORD)
    user.save()
point = PointData(kind="market", name="示例夜市", longitude=WEST, latitude=SOUTH)
add_point(round_.area.id, point, actor=SYSTEM, at=now)

plan = Plan.objects.create(
    patrol_area=round_.area, starts=today - timedelta(days=2), ends=today, state="published",
    made_at=now, published_at=now,
)  # fmt: skip
shifts: list[Shift] = []
for kind in ShiftPattern.objects.all():
    for days in (0, 1):
        shift = new_shift(plan, round_.teams[0].id, kind, today - timedelta(days=days))
        if shift.starts_at <= now < shift.ends_at:
            shifts = [
                shift,
                new_shift(plan, round_.teams[0].id, kind, shift.date - timedelta(days=1)),
            ]
for shift in shifts:
    shift.published = True
    shift.save(force_insert=True)
    for member in round_.teams[0].members.all():
        Seat.objects.create(shift=shift, team=round_.teams[0], user=member.user)

# Yesterday two streets were walked up and down.
line = [(WEST + at * STEP, SOUTH) for at in (0, 3, 6, 3, 0)]
degrees, seconds = walked(line, noise=4.0)
Fix.objects.bulk_create(
    Fix(
        shift=shifts[1], team=round_.teams[0], user=round_.users["walker1a"],
        at=shifts[1].starts_at + timedelta(seconds=float(second)), longitude=x, latitude=y,
    )
    for (x, y), second in zip(degrees.tolist(), seconds.tolist(), strict=True)
)  # fmt: skip
score_due(at=now)
