"""A whole desk changes hands: by the person, the director, an administrator; and when somebody goes."""

from datetime import timedelta

import pytest
from django.test import Client

from linli.accounts.actions.cancel_leave import cancel_leave
from linli.accounts.actions.deactivate import deactivate_person
from linli.accounts.actions.end_role import end_role
from linli.accounts.actions.plan_leave import plan_leave
from linli.accounts.models import Leave, Role, User
from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.hand_over_desk import desks_of, hand_over_desk, release_orphans
from linli.cases.actions.progress import progress_case
from linli.cases.models import Case, Event
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.kernel.working_days import local_date
from tests.cast import LONGMENLI, TUESDAY, Cast, make_case, make_cast

TODAY = local_date(TUESDAY)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast; the mediator handles two cases, one of them suspended in between."""
    cast = make_cast()
    clerk, mediator = cast.actor("clerk"), cast.actor("mediator")
    for _ in range(2):
        case = make_case(cast)
        assign_case(case.id, actor=clerk, at=TUESDAY)
        accept_case(case.id, actor=mediator, at=TUESDAY)
        if case.handler_id is None:
            Case.objects.filter(pk=case.pk).update(handler=mediator.user_id)
    return cast


def handlers() -> list[object]:
    return list(Case.objects.order_by("id").values_list("handler__username", flat=True))


def ids(cast: Cast) -> dict[str, object]:
    return {"unit": cast.posts[LONGMENLI].id, "at": TUESDAY}


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["mediator", "village_director", "county_director", "administrator"])
def test_everything_in_hand_goes_to_a_colleague(cast: Cast, by: str) -> None:
    actor = cast.actor(by)
    to = cast.users["second_mediator"].id
    with acting(actor):
        moved = hand_over_desk(
            cast.users["mediator"].id, to=to, actor=actor, note="休假", **ids(cast)
        )
        # The scope there was before is the scope there is after.
        visible = Case.objects.count()
    assert moved == 2
    assert visible == (0 if by == "administrator" else 2)
    assert handlers() == ["second_mediator", "second_mediator"]
    assert set(Case.objects.values_list("state", flat=True)) == {"handling"}
    assert Event.objects.filter(verb="hand_over", actor=actor.user_id).count() == 2
    assert Entry.objects.filter(event="case.hand_over").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["officer", "neighbour_clerk", "second_mediator", "auditor"])
def test_others_may_not(cast: Cast, by: str) -> None:
    actor = cast.actor(by)
    with acting(actor), pytest.raises(NotPermitted):
        hand_over_desk(cast.users["mediator"].id, to=None, actor=actor, **ids(cast))
    assert handlers() == ["mediator", "mediator"]


@pytest.mark.django_db
def test_only_to_somebody_of_the_unit(cast: Cast) -> None:
    mediator = cast.actor("mediator")
    for to in ("clerk", "mediator"):
        with pytest.raises(Invalid):
            hand_over_desk(
                cast.users["mediator"].id, to=cast.users[to].id, actor=mediator, **ids(cast)
            )


@pytest.mark.django_db
def test_back_to_the_queue_where_anybody_of_the_unit_goes_on(cast: Cast) -> None:
    mediator, second = cast.actor("mediator"), cast.actor("second_mediator")
    hand_over_desk(cast.users["mediator"].id, to=None, actor=mediator, **ids(cast))
    assert handlers() == [None, None]
    case = Case.objects.first()
    assert case is not None
    with acting(second):
        progress_case(case.pk, note="接着办", actor=second, at=TUESDAY)


@pytest.mark.django_db
def test_an_ended_role_leaves_nothing_behind(cast: Cast) -> None:
    administrator = cast.actor("administrator")
    role = Role.objects.get(user=cast.users["mediator"])
    with acting(administrator):
        end_role(
            role.pk, last_day=TODAY, successor=cast.users["second_mediator"].id,
            actor=administrator, at=TUESDAY,
        )  # fmt: skip
    assert handlers() == ["second_mediator", "second_mediator"]
    event = Event.objects.filter(verb="hand_over").first()
    assert event is not None
    assert event.actor_id == administrator.user_id


@pytest.mark.django_db
def test_another_role_in_the_unit_keeps_the_cases(cast: Cast) -> None:
    administrator = cast.actor("administrator")
    role = Role.objects.get(user=cast.users["mediator"])
    Role.objects.create(
        user=cast.users["mediator"], kind="window_clerk", area=LONGMENLI, unit=role.unit,
        starts=role.starts,
    )  # fmt: skip
    end_role(role.pk, last_day=TODAY, actor=administrator, at=TUESDAY)
    assert handlers() == ["mediator", "mediator"]


@pytest.mark.django_db
def test_a_successor_of_another_unit_refuses_the_whole_ending(cast: Cast) -> None:
    administrator = cast.actor("administrator")
    role = Role.objects.get(user=cast.users["mediator"])
    with acting(administrator), pytest.raises(Invalid):
        end_role(
            role.pk, last_day=TODAY, successor=cast.users["clerk"].id,
            actor=administrator, at=TUESDAY,
        )  # fmt: skip
    role.refresh_from_db()
    assert role.ends is None
    assert handlers() == ["mediator", "mediator"]


@pytest.mark.django_db
def test_who_leaves_leaves_nothing_behind(cast: Cast) -> None:
    administrator = cast.actor("administrator")
    with acting(administrator):
        deactivate_person(cast.users["mediator"].id, reason="调离", actor=administrator, at=TUESDAY)
    assert handlers() == [None, None]
    assert desks_of(cast.users["mediator"].id) == []


@pytest.mark.django_db
def test_a_role_that_ends_later_is_seen_to_that_night(cast: Cast) -> None:
    administrator = cast.actor("administrator")
    role = Role.objects.get(user=cast.users["mediator"])
    end_role(role.pk, last_day=TOMORROW, actor=administrator, at=TUESDAY)
    assert release_orphans(at=TUESDAY + timedelta(days=1)) == 0
    assert handlers() == ["mediator", "mediator"]
    assert release_orphans(at=TUESDAY + timedelta(days=2)) == 2
    assert release_orphans(at=TUESDAY + timedelta(days=2)) == 0
    assert handlers() == [None, None]


@pytest.mark.django_db
def test_a_stand_in_acts_during_the_leave_only(cast: Cast) -> None:
    mediator, second = cast.users["mediator"], cast.users["second_mediator"]
    case = Case.objects.first()
    assert case is not None
    with pytest.raises(NotPermitted):
        progress_case(case.pk, note="代办", actor=cast.actor("second_mediator"), at=TUESDAY)
    plan_leave(
        mediator.id, starts=TODAY, ends=TOMORROW, stand_in=second.id,
        actor=cast.actor("mediator"), at=TUESDAY,
    )  # fmt: skip
    stand_in = cast.actor("second_mediator")
    with acting(stand_in):
        progress_case(case.pk, note="代办", actor=stand_in, at=TUESDAY)
    leave = Leave.objects.get()
    with pytest.raises(NotPermitted):
        cancel_leave(leave.pk, actor=stand_in, at=TUESDAY)
    cancel_leave(leave.pk, actor=cast.actor("village_director"), at=TUESDAY)
    with pytest.raises(NotPermitted):
        progress_case(case.pk, note="代办", actor=cast.actor("second_mediator"), at=TUESDAY)


@pytest.mark.django_db
def test_what_leaves_cannot_be(cast: Cast) -> None:
    mediator, at = cast.actor("mediator"), TUESDAY
    person = cast.users["mediator"].id
    good = {"starts": TODAY, "ends": TOMORROW, "stand_in": cast.users["second_mediator"].id}
    for wrong in (
        {"ends": TODAY - timedelta(days=1)},
        {"ends": TODAY + timedelta(days=500)},
        {"stand_in": person},
        {"stand_in": cast.users["officer"].id},
    ):
        with pytest.raises(Invalid):
            plan_leave(person, actor=mediator, at=at, **{**good, **wrong})  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        plan_leave(person, actor=cast.actor("clerk"), at=at, **good)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        plan_leave(cast.posts[LONGMENLI].id, actor=mediator, at=at, **good)  # type: ignore[arg-type]
    plan_leave(person, actor=mediator, at=at, **good)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        plan_leave(person, actor=mediator, at=at, **good)  # type: ignore[arg-type]
    other = {**good, "stand_in": person}
    with pytest.raises(Invalid):
        second = cast.actor("second_mediator")
        plan_leave(second.user_id, actor=second, at=at, **other)  # type: ignore[arg-type]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="linli.accounts.backend.RoleBackend")
    return client


@pytest.mark.django_db
def test_on_the_pages(cast: Cast) -> None:
    unit, person = cast.posts[LONGMENLI].id, cast.users["mediator"]
    path = f"/people/{person.id}/desk/{unit}/"
    own = client_of(person)
    assert path in own.get("/me/").content.decode()
    assert (
        path in client_of(cast.users["administrator"]).get(f"/people/{person.id}/").content.decode()
    )
    assert client_of(cast.users["officer"]).get(path).status_code == 404
    assert "second_mediator" in own.get(path).content.decode()
    answer = own.post(path, {"to": str(cast.users["second_mediator"].id), "note": "休假"})
    assert answer.url == "/me/"
    assert handlers() == ["second_mediator", "second_mediator"]
    assert own.get(f"/people/{person.id}/leave/").status_code == 200
    leave = {"starts": "2099-01-01", "ends": "2099-01-05", "stand_in": ""}
    assert own.post(f"/people/{person.id}/leave/", leave).url == "/me/"
    assert own.post(f"/people/{person.id}/leave/", leave).status_code == 422
    assert client_of(cast.users["clerk"]).get(f"/people/{person.id}/leave/").status_code == 404
    planned = Leave.objects.get()
    assert own.post(f"/me/leaves/{planned.pk}/cancel/").status_code == 302
    assert not Leave.objects.exists()
