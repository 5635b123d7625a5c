"""The demo's devices are played; a real city's never are."""

from datetime import timedelta

from linli.accounts.models import User
from linli.insight.demo.beats import play_devices
from linli.insight.demo.premises import BROKEN_SCHOOLS, serial_of
from linli.premises.actions.find_silent import find_silent
from linli.premises.models import Device
from linli.premises.tests.town import Town
from tests.cast import TUESDAY, make_cast

WEEK = timedelta(weeks=1)


def test_a_demo_left_alone_does_not_go_off_line(db: None) -> None:
    town, seconds = Town(make_cast()), int(WEEK.total_seconds())
    on_purpose = serial_of("school", min(BROKEN_SCHOOLS), 0)
    for serial, state in (
        (serial_of("school", 0, 0), "online"),
        (serial_of("hotel", 8, 1), "fault"),
        (on_purpose, "offline"),
        ("SN-4711", "online"),
    ):
        town.device(
            serial=serial, state=state, fault="按键失灵" if state == "fault" else "",
            interval_seconds=seconds, heard_at=TUESDAY,
        )  # fmt: skip
    later = TUESDAY + 4 * WEEK
    assert play_devices(later) == 0, "nobody of a demo is here"
    User.objects.filter(pk=town.cast.users["clerk"].pk).update(loopback_only=True)
    find_silent(at=later)
    assert play_devices(later) == 1
    states = dict(Device.objects.values_list("serial", "state"))
    assert states == {
        serial_of("school", 0, 0): "online", serial_of("hotel", 8, 1): "fault",
        on_purpose: "offline", "SN-4711": "offline",
    }  # fmt: skip
    assert Device.objects.get(serial="SN-4711").heard_at == TUESDAY
