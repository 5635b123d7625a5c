"""Close a unit: who may, what refuses it, and where its cases go."""

from datetime import timedelta

import pytest

from linli.accounts.models import Role
from linli.accounts.scope import acting
from linli.areas.actions.close_unit import close_unit
from linli.areas.models import Unit
from linli.audit.models import Entry
from linli.audit.verify import verify
from linli.cases import lifecycle
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.close import close_case
from linli.cases.actions.follow_up import follow_up_case
from linli.cases.actions.reopen import reopen_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.models import Case, Event
from linli.kernel.errors import Invalid, NotFound, NotPermitted, Stale
from linli.notices.models import Notice
from tests.cast import BEIJING_ROAD, LONGMENLI, TUESDAY, Cast, make_case, make_cast, unit_id


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def held_by(unit: Unit) -> set[object]:
    return set(Case.objects.filter(holder=unit).values_list("id", flat=True))


def test_the_roles_in_it_end_and_the_people_are_told(cast: Cast) -> None:
    admin, officer = cast.actor("administrator"), cast.users["officer"]
    later = TUESDAY.date() + timedelta(days=30)
    coming = Role.objects.create(
        user=cast.users["clerk"], kind="department_officer", area=BEIJING_ROAD,
        unit=cast.justice.id, starts=later,
    )  # fmt: skip
    case = make_case(cast)
    assign_case(case.id, unit=cast.justice.id, actor=cast.actor("clerk"), at=TUESDAY)
    accept_case(case.id, actor=cast.actor("officer"), at=TUESDAY)
    taker = cast.posts[BEIJING_ROAD]
    with acting(admin):
        close_unit(cast.justice.id, moved_to=taker.id, actor=admin, at=TUESDAY)
    assert Role.objects.get(user=officer).ends == TUESDAY.date()
    assert not Role.objects.filter(pk=coming.pk).exists()
    assert Entry.objects.filter(event="role.end", facts__contains="closed_unit").count() == 2
    assert set(Notice.objects.filter(kind="role_ended").values_list("user", flat=True)) == {
        officer.id, cast.users["clerk"].id,
    }  # fmt: skip
    assert Case.objects.get(pk=case.id).holder == taker


def test_an_empty_unit_closes_and_the_log_says_so(cast: Cast) -> None:
    admin = cast.actor("administrator")
    with acting(admin):
        unit = close_unit(cast.justice.id, actor=admin, at=TUESDAY)
    assert unit.closed_on is not None
    entry = Entry.objects.get(event="unit.close")
    assert entry.actor == admin.user_id
    assert entry.object_id == str(unit.id)


def test_unfinished_cases_refuse_it_even_where_the_administrator_may_not_read_them(
    cast: Cast,
) -> None:
    make_case(cast)
    admin = cast.actor("administrator")
    with acting(admin):
        assert not Case.objects.exists()
        with pytest.raises(Invalid) as refusal:
            close_unit(unit_id(cast, BEIJING_ROAD), actor=admin, at=TUESDAY)
    assert "moved_to" in refusal.value.fields
    assert Unit.objects.get(pk=unit_id(cast, BEIJING_ROAD)).closed_on is None


def test_its_cases_go_where_it_says_with_their_whole_story(cast: Cast) -> None:
    clerk, mediator, admin = (cast.actor(n) for n in ("clerk", "mediator", "administrator"))
    registered = make_case(cast)
    resolved = make_case(cast)
    with acting(clerk):
        assign_case(resolved.id, actor=clerk, at=TUESDAY)
    with acting(mediator):
        accept_case(resolved.id, actor=mediator, at=TUESDAY)
        resolve_case(resolved.id, note="双方和解", actor=mediator, at=TUESDAY)
    target = cast.posts["620302"]
    with acting(admin):
        for code in (BEIJING_ROAD, LONGMENLI):
            close_unit(unit_id(cast, code), moved_to=target.id, actor=admin, at=TUESDAY)
        # The scope is the administrator's again.
        assert not Case.objects.exists()
    assert held_by(target) == {registered.id, resolved.id}
    for case in Case.objects.all():
        verbs = Event.objects.filter(case=case).order_by("id").values_list("verb", flat=True)
        assert lifecycle.replay(verbs) == case.state
        last = Event.objects.filter(case=case).order_by("id").last()
        assert last is not None
        assert last.actor_id == admin.user_id
        assert case.placements.get(part="lead", until=None).unit == target
    assert verify().ok


def test_only_an_administrator_above_it_closes(cast: Cast) -> None:
    for name in ("director", "county_director", "clerk", "auditor"):
        actor = cast.actor(name)
        with acting(actor), pytest.raises(NotPermitted):
            close_unit(cast.justice.id, actor=actor, at=TUESDAY)


def test_it_closes_once_and_not_into_itself_or_into_a_closed_one(cast: Cast) -> None:
    admin = cast.actor("administrator")
    with acting(admin):
        with pytest.raises(Invalid):
            close_unit(cast.justice.id, moved_to=cast.justice.id, actor=admin, at=TUESDAY)
        close_unit(cast.justice.id, actor=admin, at=TUESDAY)
        with pytest.raises(NotFound):
            close_unit(cast.justice.id, actor=admin, at=TUESDAY)
        with pytest.raises(Invalid):
            close_unit(unit_id(cast, LONGMENLI), moved_to=cast.justice.id, actor=admin, at=TUESDAY)


def test_nothing_is_sent_to_a_closed_unit(cast: Cast) -> None:
    clerk, admin = cast.actor("clerk"), cast.actor("administrator")
    case = make_case(cast)
    with acting(admin):
        close_unit(cast.justice.id, actor=admin, at=TUESDAY)
    with acting(clerk), pytest.raises((Invalid, Stale)):
        assign_case(case.id, unit=cast.justice.id, actor=clerk, at=TUESDAY)


def test_a_case_reopened_after_its_unit_closed_goes_to_the_lowest_post_left(cast: Cast) -> None:
    clerk, mediator, admin = (cast.actor(n) for n in ("clerk", "mediator", "administrator"))
    case = make_case(cast)
    with acting(clerk):
        assign_case(case.id, actor=clerk, at=TUESDAY)
    with acting(mediator):
        accept_case(case.id, actor=mediator, at=TUESDAY)
        resolve_case(case.id, note="双方和解", actor=mediator, at=TUESDAY)
        follow_up_case(
            case.id, way="visit", satisfaction=5, recurred=False, actor=mediator, at=TUESDAY
        )
        close_case(case.id, actor=mediator, at=TUESDAY)
    with acting(admin):
        close_unit(unit_id(cast, LONGMENLI), actor=admin, at=TUESDAY)
    director = cast.actor("director")
    with acting(director):
        reopened = reopen_case(case.id, note="又漏水", actor=director, at=TUESDAY)
    assert reopened.holder_id == unit_id(cast, BEIJING_ROAD)
