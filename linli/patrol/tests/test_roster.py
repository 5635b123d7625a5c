"""Rosters in the database: planned and published by leaders, wishes and swaps by the rules."""

from datetime import date, timedelta

import pytest

from linli.accounts.models import Leave
from linli.audit.models import Entry
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted, Stale
from linli.notices.models import Notice
from linli.patrol.actions.plan_roster import plan_roster
from linli.patrol.actions.publish_roster import drop_roster, publish_roster
from linli.patrol.actions.swap import (
    agree_swap,
    ask_swap,
    grant_swap,
    refuse_swap,
    withdraw_swap,
)
from linli.patrol.actions.wish import take_wish_back, wish_off
from linli.patrol.models import Member, Plan, Seat, Shift, Swap, Team, Wish
from linli.patrol.tests.round import WEDNESDAY, Round, make_team


def test_a_leader_plans_and_publishes_and_it_is_recorded(round_: Round) -> None:
    round_.need("early", 1, first_aid=1)
    plan = round_.plan()
    assert (plan.state, plan.open_needs, plan.proved) == ("draft", [], True)
    assert Shift.objects.filter(plan=plan, published=False).count() == 7
    assert Seat.objects.filter(shift__plan=plan).count() == 21
    round_.act("leader", publish_roster, plan.id)
    assert Shift.objects.filter(plan=plan, published=True).count() == 7
    assert Plan.objects.get(pk=plan.id).state == "published"
    told = Entry.objects.filter(object_id=str(plan.id)).order_by("id")
    assert [entry.event for entry in told] == ["patrol.plan", "patrol.publish"]


def test_a_shift_knows_its_moments_in_the_city_s_time(round_: Round) -> None:
    plan = round_.published(1, night=1)
    shift = Shift.objects.get(plan=plan)
    assert shift.starts_at.isoformat() == "2026-03-11T15:00:00+00:00"
    assert shift.ends_at - shift.starts_at == timedelta(hours=8)


@pytest.mark.parametrize("who", ["walker1a", "team1_leader", "clerk", "city_dispatcher"])
def test_others_do_not_plan(round_: Round, who: str) -> None:
    round_.need()
    with pytest.raises(NotPermitted):
        round_.act(who, plan_roster, round_.area.id, starts=WEDNESDAY, days=1)


def test_a_neighbour_does_not_find_the_area_and_the_director_may_plan(round_: Round) -> None:
    round_.need()
    with pytest.raises(NotFound):
        round_.act("other_leader", plan_roster, round_.area.id, starts=WEDNESDAY, days=1)
    plan = round_.act(
        "director", plan_roster, round_.area.id, starts=WEDNESDAY, days=1, seconds=0.5
    )
    assert plan.open_needs == []


@pytest.mark.parametrize(("starts", "days"), [(date(2026, 3, 10), 7), (WEDNESDAY, 29)])
def test_a_roster_begins_tomorrow_and_has_four_weeks_at_most(
    round_: Round, starts: date, days: int
) -> None:
    round_.need()
    with pytest.raises(Invalid):
        round_.plan(days, starts)


def test_what_can_t_be_met_is_told_and_is_not_published(round_: Round) -> None:
    Member.objects.update(skills=[])
    keeper = Member.objects.get(user=round_.users["walker1a"])
    keeper.skills = ["first_aid"]
    keeper.save()
    Leave.objects.create(user=keeper.user, starts=WEDNESDAY, ends=WEDNESDAY)
    round_.need("early", 1, first_aid=1)
    plan = round_.plan(1)
    (need,) = plan.open_needs
    assert (need["date"], need["skill"], need["missing"]) == ("2026-03-11", "first_aid", 1)
    assert need["kept"] == [["unskilled", 3]]
    with pytest.raises(IllegalMove):
        round_.act("leader", publish_roster, plan.id)


def test_leave_taken_since_stops_a_draft_that_would_break_a_rule(round_: Round) -> None:
    round_.need()
    plan = round_.plan(1)
    shift = Shift.objects.get(plan=plan)
    for member in shift.team.members.all()[:2]:
        Leave.objects.create(user=member.user, starts=WEDNESDAY, ends=WEDNESDAY)
    with pytest.raises(IllegalMove):
        round_.act("leader", publish_roster, plan.id)


def test_a_page_that_shows_an_older_draft_is_told(round_: Round) -> None:
    round_.need()
    plan = round_.plan(1)
    with pytest.raises(Stale):
        round_.act("leader", publish_roster, plan.id, seen=7)


def test_a_later_roster_takes_the_place_of_shifts_that_have_not_begun(round_: Round) -> None:
    first = round_.published(3)
    second = round_.plan(3)
    round_.act("leader", publish_roster, second.id)
    assert not Shift.objects.filter(plan=first).exists()
    assert Shift.objects.filter(plan=second, published=True).count() == 3


def test_a_dropped_draft_leaves_nothing(round_: Round) -> None:
    round_.need()
    plan = round_.plan(2)
    round_.act("leader", drop_roster, plan.id)
    assert not Plan.objects.exists()
    assert not Shift.objects.exists()


def test_a_wish_is_met_where_it_can_be_and_the_member_is_told(round_: Round) -> None:
    round_.act("walker1a", wish_off, WEDNESDAY)
    round_.act("walker1a", wish_off, WEDNESDAY)
    round_.published(1, early=3)
    wish = Wish.objects.get()
    assert wish.met is True
    assert not Seat.objects.filter(user=round_.users["walker1a"]).exists()


def test_wishes_are_for_days_to_come_without_a_roster_and_not_for_all(round_: Round) -> None:
    with pytest.raises(Invalid):
        round_.act("walker1a", wish_off, date(2026, 3, 10))
    for number in range(6):
        round_.act("walker1a", wish_off, date(2026, 3, 20 + number))
    with pytest.raises(IllegalMove):
        round_.act("walker1a", wish_off, date(2026, 3, 30))
    round_.act("walker1a", take_wish_back, date(2026, 3, 20))
    assert Wish.objects.count() == 5
    with pytest.raises(NotPermitted):
        round_.act("clerk", wish_off, WEDNESDAY)


def other_member(round_: Round, seat: Seat) -> str:
    """Return a member who is free on the day of a place in a shift."""
    on = set(Seat.objects.filter(shift__date=seat.shift.date).values_list("user", flat=True))
    names = (name for name in round_.users if name.startswith("walker"))
    return next(name for name in names if round_.users[name].id not in on)


def a_seat(round_: Round) -> tuple[Seat, str]:
    """Return a member's place in a shift, and their name."""
    seat = Seat.objects.filter(user__username__startswith="walker").order_by("shift__date").first()
    assert seat is not None
    return seat, seat.user.username


def test_a_swap_is_asked_agreed_and_granted(round_: Round) -> None:
    round_.published(3)
    seat, name = a_seat(round_)
    other = other_member(round_, seat)
    swap = round_.act(name, ask_swap, seat.id, other=round_.users[other].id)
    with pytest.raises(NotPermitted):
        round_.act("leader", agree_swap, swap.id)
    with pytest.raises(IllegalMove):
        round_.act("leader", grant_swap, swap.id)
    round_.act(other, agree_swap, swap.id)
    with pytest.raises(NotPermitted):
        round_.act(other, grant_swap, swap.id)
    round_.act("leader", grant_swap, swap.id)
    assert Seat.objects.get(pk=seat.id).user == round_.users[other]
    assert Swap.objects.get().state == "granted"


def told(round_: Round, kind: str) -> set[str]:
    """Return who was told by a kind of notice."""
    rows = Notice.objects.filter(kind=kind).values_list("user", flat=True)
    return {name for name, user in round_.users.items() if user.id in set(rows)}


def test_who_goes_out_hears_of_the_roster_and_whoever_no_longer_does(round_: Round) -> None:
    round_.published(1)
    crew = set(Seat.objects.values_list("user__username", flat=True))
    assert told(round_, "roster_published") == crew
    said = Notice.objects.filter(kind="roster_published")[0]
    assert (said.subject, said.about_type) == (
        "第一巡区排班表已发布：03-11 – 03-11",
        "patrol_shifts",
    )
    # Another roster of the same day: the first crew's shift is taken away.
    gone = Team.objects.get(shifts__published=True)
    gone.dissolved_on = date(2026, 3, 10)
    gone.save()
    Notice.objects.all().delete()
    round_.act("leader", publish_roster, round_.plan(1).id)
    assert told(round_, "roster_published") > crew


def test_those_in_a_swap_hear_of_it_and_the_leaders_when_they_are_waited_for(
    round_: Round,
) -> None:
    round_.published(3)
    seat, name = a_seat(round_)
    other = other_member(round_, seat)
    swap = round_.act(name, ask_swap, seat.id, other=round_.users[other].id)
    assert told(round_, "swap_asked") == {other}
    round_.act(other, agree_swap, swap.id)
    assert told(round_, "swap_asked") == {other, "leader"}
    assert told(round_, "swap_answered") == {name}
    Notice.objects.all().delete()
    round_.act("leader", grant_swap, swap.id)
    assert told(round_, "swap_answered") == {name, other}
    said = Notice.objects.filter(kind="swap_answered")[0]
    assert said.subject == f"换班{seat.shift.date:%m-%d} 早班：已批准"


def test_a_swap_that_would_break_a_rule_is_refused_with_the_rule(round_: Round) -> None:
    round_.published(1, early=1, night=1)
    early = Seat.objects.filter(shift__pattern="early", user__username__startswith="walker")[0]
    night = Seat.objects.filter(shift__pattern="night", user__username__startswith="walker")[0]
    with pytest.raises(IllegalMove, match=r"两班|two shifts"):
        round_.act(early.user.username, ask_swap, early.id, other=night.user_id)
    # One for the other breaks nothing.
    swap = round_.act(early.user.username, ask_swap, early.id, other=night.user_id, takes=night.id)
    round_.act(night.user.username, agree_swap, swap.id)
    round_.act("leader", grant_swap, swap.id)
    assert Seat.objects.get(pk=early.id).user_id == night.user_id
    assert Seat.objects.get(pk=night.id).user_id == early.user_id


def test_no_shift_loses_its_last_one_with_a_skill(round_: Round) -> None:
    round_.published(1)
    round_.need("late", 0, driving=1)
    need = round_.area.needs.get(pattern="early")
    need.skills = {"driving": 1}
    need.save()
    seat, name = a_seat(round_)
    Member.objects.filter(user=seat.user).update(skills=["driving"])
    with pytest.raises(IllegalMove):
        round_.act(name, ask_swap, seat.id, other=round_.users[other_member(round_, seat)].id)


def test_a_swap_is_refused_or_taken_back_and_another_can_be_asked(round_: Round) -> None:
    round_.published(1)
    seat, name = a_seat(round_)
    other = round_.users[other_member(round_, seat)]
    first = round_.act(name, ask_swap, seat.id, other=other.id)
    with pytest.raises(IllegalMove):
        round_.act(name, ask_swap, seat.id, other=other.id)
    round_.act(other.username, refuse_swap, first.id)
    second = round_.act(name, ask_swap, seat.id, other=other.id)
    round_.act(name, withdraw_swap, second.id)
    assert sorted(Swap.objects.values_list("state", flat=True)) == ["refused", "withdrawn"]


def test_rows_are_seen_by_those_whom_they_concern(round_: Round) -> None:
    make_team(round_, 4)
    round_.act("walker1a", wish_off, date(2026, 3, 30))
    round_.published(1)
    seat, name = a_seat(round_)
    other = other_member(round_, seat)
    round_.act(name, ask_swap, seat.id, other=round_.users[other].id)
    idle = next(one for one in ("walker2a", "walker3a", "walker4a") if one not in {name, other})

    def sees(who: str) -> tuple[int, ...]:
        def count(actor: object, at: object) -> tuple[int, ...]:
            return tuple(
                min(1, model.objects.count()) for model in (Plan, Shift, Seat, Member, Wish, Swap)
            )

        found: tuple[int, ...] = round_.act(who, count)
        return found

    assert sees("leader") == (1, 1, 1, 1, 1, 1)
    assert sees("director") == (1, 1, 1, 1, 1, 1)
    assert sees("walker1a")[:5] == (1, 1, 1, 1, 1)
    assert sees(idle) == (1, 1, 1, 1, 0, 0)
    assert sees("other_leader") == sees("mediator") == sees("auditor") == (0,) * 6
    assert sees("clerk") == (1, 1, 1, 1, 0, 0)
