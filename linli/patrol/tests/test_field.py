"""What comes in from the street: check-ins, positions, findings; and who may see them."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from PIL import Image

from linli.audit.models import Entry
from linli.cases.models import Attachment, Case
from linli.dispatch.actions.assign_units import assign_units
from linli.dispatch.actions.end_shift import end_due_shifts
from linli.dispatch.actions.open_incident import Told, open_incident
from linli.dispatch.models import DispatchUnit, Incident
from linli.dispatch.queries.recommend import chosen, recommendation
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.kernel.ids import new_id
from linli.notices.models import Notice
from linli.patrol.actions.check_in import Proof, check_in
from linli.patrol.actions.found import TeamData, found_team
from linli.patrol.actions.muster import muster
from linli.patrol.actions.publish_roster import publish_roster
from linli.patrol.actions.read_track import read_track
from linli.patrol.actions.report_finding import FindingData, report_finding
from linli.patrol.actions.take_fixes import Position, take_fixes
from linli.patrol.actions.thin_tracks import thin_tracks
from linli.patrol.actions.write_point import PointData, add_point, renew_code
from linli.patrol.codes import code_of
from linli.patrol.models import CheckIn, CheckPoint, Finding, Fix, Seat, Shift, TrackReading
from linli.patrol.tasks import thin_old_tracks
from linli.patrol.tests.round import BASE, Round
from tests.cast import LONGMENLI, TUESDAY

# Half an hour into the early shift of the day after.
IN_SHIFT = TUESDAY + timedelta(hours=21, minutes=30)


def png() -> bytes:
    """Return a small photo."""
    made = BytesIO()
    Image.new("RGB", (2, 2)).save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def shift(round_: Round) -> Shift:
    """Return a published early shift of tomorrow."""
    plan = round_.published(1)
    return Shift.objects.select_related("team").get(plan=plan)


def who(shift: Shift, round_: Round, *, leader: bool = False) -> str:
    """Return a member of the shift's crew: its team's leader, or another."""
    number = round_.teams.index(next(one for one in round_.teams if one.id == shift.team_id)) + 1
    return f"team{number}_leader" if leader else f"walker{number}a"


def point(round_: Round) -> CheckPoint:
    """Return a check point at the base."""
    data = PointData(kind="school", name="示例小学", longitude=BASE[0], latitude=BASE[1])
    made: CheckPoint = round_.act("leader", add_point, round_.area.id, data)
    return made


def check(round_: Round, shift: Shift, name: str, key: str, proof: Proof, **more: Any) -> CheckIn:
    """Check in half an hour into the shift."""
    at = more.pop("at", IN_SHIFT)
    told = {"moment": at, "check_in_id": new_id(), **more}
    made: CheckIn = round_.act(name, check_in, shift.id, key=key, proof=proof, at=at, **told)
    return made


def test_a_position_near_the_point_checks_in_once_however_often_it_is_sent(
    round_: Round, shift: Shift
) -> None:
    spot, key = point(round_), new_id()
    near = Proof(point=(BASE[0] + 0.0005, BASE[1]), accuracy=10)
    for _turn in range(2):
        made = check(round_, shift, who(shift, round_), f"point:{spot.id}", near, check_in_id=key)
    assert CheckIn.objects.count() == 1
    assert (made.way, made.metres, made.name) == ("position", 44, "示例小学")
    assert Entry.objects.filter(event="patrol.check_in").count() == 1
    with pytest.raises(Invalid):
        check(
            round_, shift, who(shift, round_, leader=True), f"point:{spot.id}", near,
            check_in_id=key,
        )  # fmt: skip


def test_too_far_away_is_not_there(round_: Round, shift: Shift) -> None:
    spot = point(round_)
    far = Proof(point=(BASE[0] + 0.005, BASE[1]), accuracy=500)
    with pytest.raises(IllegalMove):
        check(round_, shift, who(shift, round_), f"point:{spot.id}", far)
    with pytest.raises(Invalid):
        check(round_, shift, who(shift, round_), f"point:{spot.id}", Proof())
    with pytest.raises(NotFound):
        check(round_, shift, who(shift, round_), "point:x", far)


def test_the_code_on_paper_checks_in_until_a_new_one_is_made(round_: Round, shift: Shift) -> None:
    spot = point(round_)
    old = Proof(code=code_of(spot.id, 1))
    made = check(round_, shift, who(shift, round_), f"point:{spot.id}", old)
    assert (made.way, made.metres) == ("code", None)
    round_.act("leader", renew_code, spot.id)
    with pytest.raises(IllegalMove):
        check(round_, shift, who(shift, round_), f"point:{spot.id}", old)


def test_only_the_crew_checks_in_and_only_in_the_shift(round_: Round, shift: Shift) -> None:
    spot = point(round_)
    proof = Proof(point=BASE)
    key = f"point:{spot.id}"
    other = next(
        name
        for name in round_.users
        if name.startswith("walker")
        and not Seat.objects.filter(user=round_.users[name], shift=shift).exists()
    )
    with pytest.raises(NotPermitted):
        check(round_, shift, other, key, proof)
    with pytest.raises(IllegalMove):
        check(round_, shift, who(shift, round_), key, proof, at=TUESDAY)
    # Without a network it is sent in the evening, and a week later it is too late.
    late = shift.ends_at + timedelta(hours=3)
    check(round_, shift, who(shift, round_), key, proof, at=late, moment=IN_SHIFT)
    with pytest.raises(IllegalMove):
        check(
            round_, shift, who(shift, round_), key, proof, at=late + timedelta(days=7),
            moment=IN_SHIFT,
        )  # fmt: skip


def fixes(count: int, since: Any = IN_SHIFT) -> list[Position]:
    """Return positions five seconds apart."""
    return [
        Position(since + timedelta(seconds=5 * number), BASE[0] + number / 1e5, BASE[1], 6.0)
        for number in range(count)
    ]


def test_positions_are_kept_once_and_only_within_the_shift(round_: Round, shift: Shift) -> None:
    name, later = who(shift, round_), IN_SHIFT + timedelta(minutes=5)
    outside = fixes(3, shift.starts_at - timedelta(hours=1))
    wild = [Position(IN_SHIFT, 500.0, 0.0), Position(IN_SHIFT, 1.0, 2.0, 5_000.0)]
    for _turn in range(2):
        kept = round_.act(name, take_fixes, shift.id, fixes(10) + outside + wild, at=later)
        assert kept == 10
    assert Fix.objects.count() == 10
    with pytest.raises(NotPermitted):
        round_.act("leader", take_fixes, shift.id, fixes(1), at=later)
    with pytest.raises(Invalid):
        round_.act(name, take_fixes, shift.id, fixes(2_001), at=later)


def test_positions_that_come_late_have_the_shift_counted_again(round_: Round, shift: Shift) -> None:
    Shift.objects.filter(pk=shift.pk).update(scored_at=TUESDAY)
    round_.act(who(shift, round_), take_fixes, shift.id, fixes(2), at=IN_SHIFT + timedelta(hours=1))
    assert Shift.objects.get(pk=shift.pk).scored_at is None


def test_a_track_is_for_its_member_and_the_team_s_leader_alone(round_: Round, shift: Shift) -> None:
    name = who(shift, round_)
    mates = sorted(Seat.objects.filter(shift=shift).values_list("user__name", flat=True))
    round_.act(name, take_fixes, shift.id, fixes(2), at=IN_SHIFT + timedelta(minutes=1))

    def count(actor: object, at: object) -> int:
        return Fix.objects.count()

    assert round_.act(name, count) == 2
    assert round_.act(who(shift, round_, leader=True), count) == 2
    mate = next(one for one in mates if one not in {name, who(shift, round_, leader=True)})
    for other in (mate, "leader", "other_leader", "director", "city_dispatcher", "administrator"):
        assert round_.act(other, count) == 0, other


def test_reading_a_track_takes_a_reason_and_goes_on_record(round_: Round, shift: Shift) -> None:
    name, leader = who(shift, round_), who(shift, round_, leader=True)
    round_.act(name, take_fixes, shift.id, fixes(3), at=IN_SHIFT + timedelta(minutes=1))
    with pytest.raises(Invalid):
        round_.act(leader, read_track, shift.id, reason=" ")
    for other in ("leader", "director", "city_dispatcher"):
        with pytest.raises(NotPermitted):
            round_.act(other, read_track, shift.id, reason="看看")
    _shift, tracks = round_.act(leader, read_track, shift.id, reason="核对漏走的街道", at=IN_SHIFT)
    assert [(one.name, len(one.points)) for one in tracks] == [(name, 3)]
    told = Entry.objects.get(event="patrol.read_track")
    assert (told.object_id, told.actor) == (str(shift.id), round_.users[leader].id)
    assert "核对" not in told.facts

    def readings(actor: object, at: object) -> list[tuple[str, str]]:
        return list(TrackReading.objects.values_list("user__name", "reason"))

    # Who is in the team can read who looked and why; it can't be undone.
    assert round_.act(name, readings) == [(leader, "核对漏走的街道")]
    assert round_.act("director", readings) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        TrackReading.objects.all().delete()
    # One's own way is read without a reason, and the reading is on record all the same.
    _shift, own = round_.act(name, read_track, shift.id, at=IN_SHIFT)
    assert [one.name for one in own] == [name]
    assert Entry.objects.filter(event="patrol.read_track").count() == 2


def test_a_track_is_not_read_before_its_shift_begins_which_may_still_give_way(
    round_: Round, shift: Shift
) -> None:
    for name in (who(shift, round_), who(shift, round_, leader=True)):
        with pytest.raises(IllegalMove):
            round_.act(name, read_track, shift.id, reason="看看")
    assert not TrackReading.objects.exists()
    round_.act("leader", publish_roster, round_.plan(1).id)
    assert not Shift.objects.filter(pk=shift.pk).exists()


def test_a_shift_stands_from_when_somebody_may_check_in_to_it(round_: Round, shift: Shift) -> None:
    key = f"point:{point(round_).id}"
    plan, soon = round_.plan(1), shift.starts_at - timedelta(minutes=15)
    check(round_, shift, who(shift, round_), key, Proof(point=BASE), at=soon)
    with pytest.raises(IllegalMove):
        round_.act("leader", publish_roster, plan.id, at=soon)
    assert Shift.objects.filter(pk=shift.pk, check_ins__isnull=False).exists()


def test_tracks_are_thinned_after_a_month_and_not_touched_before(
    round_: Round, shift: Shift
) -> None:
    real = _database_now()
    # The worker stood still for weeks before one of them.
    begun = [real - timedelta(days=days, hours=2) for days in (366, 75, 31, 2)]
    member = Seat.objects.filter(shift=shift)[0]
    for days, since in enumerate(begun, 1):
        shift.pk, shift.date = new_id(), shift.date + timedelta(days=days)
        shift.starts_at, shift.ends_at = since, since + timedelta(minutes=10)
        shift.save(force_insert=True)
        Fix.objects.bulk_create(
            Fix(
                shift=shift, team=shift.team, user=member.user, longitude=BASE[0],
                latitude=BASE[1],
                at=since.replace(second=0, microsecond=0) + timedelta(seconds=10 * number),
            )
            for number in range(12)
        )  # fmt: skip
    # As the worker does it every night.
    with time_machine.travel(real, tick=False):
        thin_old_tracks(0)
    assert not Fix.objects.filter(at__lt=real - timedelta(days=365)).exists()
    assert thin_tracks(at=real) == 0
    assert Fix.objects.filter(at__lt=real - timedelta(days=30)).count() == 4
    kept = Fix.objects.filter(at__gt=real - timedelta(days=30))
    assert kept.count() == 12
    for spoil in (kept.delete, lambda: kept.update(latitude=0.0)):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()


def _database_now() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def report(round_: Round, shift: Shift, name: str, key: UUID, **more: Any) -> Finding:
    """Report an open manhole."""
    told = {"title": "井盖缺失", "point": BASE, **more}
    made: Finding = round_.act(
        name, report_finding, shift.id, FindingData(**told), moment=IN_SHIFT, finding_id=key,
        at=IN_SHIFT,
    )  # fmt: skip
    return made


def test_a_finding_becomes_a_case_with_its_photo_and_is_one_however_often_sent(
    round_: Round, shift: Shift
) -> None:
    key = new_id()
    for _turn in range(2):
        found = report(round_, shift, who(shift, round_), key, photo=("a.png", png()))
    case = Case.objects.get()
    assert (case.kind, case.title, case.number) == ("hazard", "井盖缺失", found.number)
    assert (case.area_id, case.longitude) == (round_.area.area_id, BASE[0])
    assert case.holder == round_.cast.posts[round_.area.area_id]
    assert Attachment.objects.filter(case=case).count() == 1
    with pytest.raises(Invalid):
        report(round_, shift, who(shift, round_), new_id(), title=" ")


def test_a_finding_is_known_to_its_finder_and_the_leaders(round_: Round, shift: Shift) -> None:
    name = who(shift, round_)
    report(round_, shift, name, new_id())

    def count(actor: object, at: object) -> int:
        return Finding.objects.count()

    def cases(actor: object, at: object) -> int:
        return Case.objects.count()

    assert [round_.act(one, count) for one in (name, "leader", "director")] == [1, 1, 1]
    assert [round_.act(one, count) for one in ("clerk", "other_leader", "auditor")] == [0, 0, 0]
    # The case itself is the desk's.
    assert [round_.act(one, cases) for one in (name, "clerk")] == [0, 1]


def test_a_team_on_shift_is_on_duty_for_dispatch_once(
    round_: Round, shift: Shift, make_unit: Callable[..., DispatchUnit]
) -> None:
    unit = make_unit(shift.team.unit)
    make_unit(next(one for one in round_.teams if one.id != shift.team_id).unit)
    assert muster(at=shift.starts_at - timedelta(minutes=1)) == 0
    assert muster(at=shift.starts_at) == 1
    on = DispatchUnit.objects.get(status="available")
    # What the crew can is what the unit can, beside what was written by hand.
    assert (on.pk, on.skills) == (unit.pk, ["crowd", "first_aid"])
    assert unit.shifts.get().ends == shift.ends_at
    assert len(unit.shifts.get().crew) == 3
    # Whoever takes it off duty is not overruled a minute later.
    unit.shifts.update(ended_at=shift.starts_at + timedelta(minutes=1))
    DispatchUnit.objects.update(status="off_duty")
    assert muster(at=shift.starts_at + timedelta(minutes=2)) == 0


def test_a_team_is_proposed_on_its_shift_and_its_crew_alone_is_told(
    round_: Round, shift: Shift, make_unit: Callable[..., DispatchUnit]
) -> None:
    unit = make_unit(shift.team.unit)
    fresh = round_.person("off_today", "patrol_member", shift.team.unit)

    def proposed(at: Any) -> list[UUID]:
        told = Told(kind="nuisance", area=LONGMENLI, place="示例路口")
        incident = round_.act("city_dispatcher", open_incident, told, at=at)
        actor = round_.cast.actor("city_dispatcher")
        return list(chosen(recommendation(incident, actor, at)))

    assert proposed(shift.starts_at - timedelta(minutes=5)) == []
    muster(at=shift.starts_at)
    assert proposed(shift.starts_at) == [unit.id]
    incident = Incident.objects.latest("id")
    round_.act("city_dispatcher", assign_units, incident.id, units=[unit.id], at=shift.starts_at)
    crew = set(Seat.objects.filter(shift=shift).values_list("user", flat=True))
    assert set(Notice.objects.filter(kind="unit_sent").values_list("user", flat=True)) == crew
    assert fresh.id not in crew
    end_due_shifts(at=shift.ends_at)
    assert DispatchUnit.objects.get(pk=unit.pk).status == "assigned"


def test_a_new_team_is_a_unit_of_dispatch_at_once(round_: Round) -> None:
    data = TeamData(name="第九巡逻队", kind="volunteers", mode="bicycle")
    team = round_.act("administrator", found_team, round_.area.id, data)
    unit = DispatchUnit.objects.get(team=team.unit_id)
    assert (unit.name, unit.kind, unit.mode) == ("第一巡区第九巡逻队", "volunteer", "bicycle")
    assert (unit.status, unit.area_id) == ("off_duty", round_.area.area_id)
    assert (unit.longitude, unit.latitude) == BASE


@pytest.fixture
def make_unit() -> Callable[..., DispatchUnit]:
    """Return what makes a unit of dispatch of a team's unit."""

    def make(team: Any) -> DispatchUnit:
        made: DispatchUnit = DispatchUnit.objects.create(
            team=team,
            kind="patrol",
            name=team.name,
            area_id=team.area_id,
            status_at=TUESDAY,
            skills=["crowd", "fire_control"],
        )
        return made

    return make
