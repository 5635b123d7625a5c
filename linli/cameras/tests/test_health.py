"""From looks to work orders, and from orders to one notice."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from linli.areas.models import Unit
from linli.cameras.actions.count_day import count_day
from linli.cameras.actions.keep_look import keep_look
from linli.cameras.actions.mend import say_mended
from linli.cameras.actions.set_source import SourceData, set_source
from linli.cameras.actions.sweep import sweep
from linli.cameras.actions.tell_orders import tell_orders
from linli.cameras.models import Availability, Camera, Health, Network, WorkOrder
from linli.cameras.probe.finding import Finding, Measures, Target, Terms
from linli.cameras.queries.limits import limits
from linli.cameras.tests.builders import Street, make_camera
from linli.kernel.errors import NotFound, NotPermitted
from linli.kernel.looking import LOOKS
from linli.kernel.working_days import local_date
from linli.notices.models import Notice
from tests.cast import BEIJING_ROAD, TUESDAY

SEEN = Measures(100.0, 50.0, 9.0, 300.0, None, bytes(576))
GOOD = Finding("ok", has_picture=True, measures=SEEN)
BLACK = Finding("black", "dark", has_picture=True, measures=SEEN)
CONNECTED = Finding("ok")


@pytest.fixture
def watched(street: Street) -> Street:
    """The street, its own camera with an address that can be looked at."""
    Network.objects.create(cidr="127.0.0.0/8", reason="本机", at=TUESDAY)
    watch(street, street.ours)
    return street


def watch(street: Street, camera: Camera) -> None:
    """Give a camera an address."""
    data = SourceData(protocol="rtsp", address="rtsp://127.0.0.1:9/live")
    set_source(camera.id, data, actor=street.cast.actor("administrator"), at=TUESDAY)


def after(camera: Camera, *findings: Finding, at: datetime = TUESDAY) -> Health:
    """Keep looks a minute apart and return the health after them."""
    for number, finding in enumerate(findings):
        keep_look(camera.id, finding, limits(), at=at + timedelta(minutes=number))
    return Health.objects.get(camera=camera)


def test_an_order_follows_the_second_bad_look_and_a_good_one_closes_it(watched: Street) -> None:
    camera = watched.ours
    first = after(camera, GOOD, BLACK)
    assert first.state == "black"
    assert first.due_at == TUESDAY + timedelta(minutes=1, seconds=limits().look_again)
    assert not WorkOrder.objects.exists()
    after(camera, BLACK, at=TUESDAY + timedelta(minutes=2))
    order = WorkOrder.objects.get()
    assert (order.kind, order.unit_id) == ("black", camera.managing_id)
    assert order.due_at - order.opened_at == timedelta(hours=24)
    # That it answers says nothing of its picture: only a picture takes back what a picture showed.
    assert after(camera, CONNECTED, at=TUESDAY + timedelta(minutes=3)).state == "black"
    assert after(camera, GOOD, at=TUESDAY + timedelta(minutes=4)).state == "ok"
    order.refresh_from_db()
    assert order.state == "closed"


def test_who_says_mended_is_believed_until_the_next_look(watched: Street) -> None:
    camera, cast = watched.ours, watched.cast
    after(camera, BLACK, BLACK)
    order = WorkOrder.objects.get()
    at = TUESDAY + timedelta(minutes=5)
    with pytest.raises(NotFound):
        say_mended(order.id, note="重启", actor=cast.actor("neighbour_dispatcher"), at=at)
    with pytest.raises(NotPermitted):
        say_mended(order.id, note="重启", actor=cast.actor("city_dispatcher"), at=at)
    say_mended(order.id, note="重启", actor=cast.actor("dispatcher"), at=at)
    assert Health.objects.get(camera=camera).due_at == at
    after(camera, BLACK, at=at + timedelta(seconds=2))
    order.refresh_from_db()
    assert (order.state, order.times_undone) == ("open", 1)


def database_now() -> datetime:
    """Return the moment the conditions of the worker see: that of this test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def is_looked_for(name: str) -> bool:
    """Say whether the worker would run a task now, by the condition the task has."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {LOOKS[f'linli.cameras.tasks.{name}'][1]}")
        return bool(cursor.fetchone()[0])


def test_the_worker_looks_when_a_camera_is_due_and_nobody_looks_at_it(watched: Street) -> None:
    now = database_now()
    assert is_looked_for("look_at_cameras")
    mine = Health.objects.filter(camera=watched.ours)
    mine.update(claimed_until=now + timedelta(minutes=1))
    assert not is_looked_for("look_at_cameras"), "somebody looks at it right now"
    mine.update(claimed_until=now - timedelta(seconds=1))
    assert is_looked_for("look_at_cameras"), "whoever looked has died"
    mine.update(due_at=now + timedelta(minutes=1))
    assert not is_looked_for("look_at_cameras")


@pytest.mark.parametrize(
    ("ages", "expected"),
    [([50], True), ([40], False), ([50, 10], False), ([250, 10], True), ([], False)],
)
def test_orders_are_told_of_when_no_more_follow(
    watched: Street, ages: list[int], expected: bool
) -> None:
    now = database_now()
    unit = watched.cast.posts[BEIJING_ROAD]
    for number, age in enumerate(ages):
        WorkOrder.objects.create(
            camera=make_camera(unit, f"7{number:03d}"), unit=unit, kind="network", state="open",
            opened_at=now - timedelta(seconds=age), due_at=now,
        )  # fmt: skip
    assert is_looked_for("tell_of_orders") is expected
    assert bool(tell_orders(at=now)) is expected
    assert not is_looked_for("tell_of_orders")


def test_a_hundred_cameras_behind_one_switch_are_one_notice(watched: Street) -> None:
    unit = watched.cast.posts[BEIJING_ROAD]
    gone = Finding("network", "no_answer")
    others = [make_camera(unit, f"7{number:03d}") for number in range(12)]
    for camera in others:
        Health.objects.create(
            camera=camera, state="ok", since=TUESDAY, due_at=TUESDAY, picture_due_at=TUESDAY
        )
        after(camera, gone, gone)
    after(watched.ours, BLACK, BLACK)
    assert tell_orders(at=TUESDAY + timedelta(minutes=1, seconds=20)) == 0
    assert tell_orders(at=TUESDAY + timedelta(minutes=2)) == 13
    assert tell_orders(at=TUESDAY + timedelta(minutes=3)) == 0
    mine = Notice.objects.filter(user=watched.cast.users["dispatcher"], kind="camera_order")
    assert mine.count() == 2
    assert any("12 路" in notice.body for notice in mine)


def test_a_sweep_takes_every_camera_that_is_due_whatever_one_of_them_does(watched: Street) -> None:
    watch(watched, watched.theirs)
    asked: list[str] = []

    def look(target: Target, terms: Terms) -> Finding:
        asked.append(target.address)
        if terms.with_picture:
            raise RuntimeError("ours to mend")
        return CONNECTED

    assert sweep(look=look) == 2
    assert len(asked) == 4
    assert sweep(look=look) == 0
    health = Health.objects.get(camera=watched.ours)
    assert (health.state, health.detail) == ("unknown", "failed")


def test_a_camera_out_of_use_is_not_looked_at(watched: Street, client: Client) -> None:
    after(watched.ours, BLACK, BLACK)
    client.force_login(watched.cast.users["administrator"])
    address = f"/cameras/{watched.ours.id}/"
    assert "画面全黑" in client.get(address).text
    assert client.post(f"{address}retire/", {"on": "2026-03-10"}).status_code == 302
    assert Health.objects.get(camera=watched.ours).due_at is None
    assert WorkOrder.objects.get().state == "closed"
    assert not watched.ours.sources.exists()


def test_availability_is_the_share_of_known_time_with_a_picture(watched: Street) -> None:
    day = local_date(TUESDAY)
    # Ten in the morning: eight hours of a day that is fourteen hours long then.
    after(watched.ours, GOOD)
    after(watched.ours, BLACK, at=TUESDAY + timedelta(hours=3))
    assert count_day(day, now=TUESDAY + timedelta(hours=4)) == 1
    row = Availability.objects.get()
    assert (row.cameras, row.seen, row.up) == (1, 4 * 3600, 3 * 3600)
    assert isinstance(row.owner, Unit)
    assert count_day(day + timedelta(days=1), now=TUESDAY + timedelta(days=2)) == 1
    assert Availability.objects.get(day=day + timedelta(days=1)).up == 0
