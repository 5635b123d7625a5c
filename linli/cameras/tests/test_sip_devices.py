"""Devices in the registry: strangers wait, the accepted have a password, channels become sources."""

from datetime import timedelta

import pytest

from linli.accounts.scope import acting
from linli.cameras.actions import know_device
from linli.cameras.actions.know_device import accept_device, forget_device, tie_channel
from linli.cameras.models import SipChannel, SipDevice, Source
from linli.cameras.sip.manscdp import Channel
from linli.cameras.tests.builders import Street, make_camera
from linli.kernel.errors import Invalid, NotPermitted
from tests.cast import BEIJING_ROAD, COUNTY, TUESDAY

DEVICE, EAST, WEST = "62030200301180000001", "62030200301310000001", "62030200301310000002"
PASSWORD = "a-password-of-its-own"


def accept(street: Street, **fields: object) -> SipDevice:
    given = {
        "number": DEVICE,
        "password": PASSWORD,
        "area": BEIJING_ROAD,
        "name": "录像机",
        **fields,
    }
    by = street.cast.actor(str(given.pop("by", "administrator")))
    return accept_device(**given, actor=by, at=TUESDAY)  # type: ignore[arg-type]


def test_a_stranger_waits_and_strangers_are_not_without_end(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(know_device, "MOST_STRANGERS", 2)
    for turn in range(4):
        number = f"6203020030118000000{turn}"
        know_device.note_stranger(number, "10.0.0.9", TUESDAY + timedelta(seconds=turn))
        assert know_device.password_of(number) is None
    assert set(SipDevice.objects.values_list("number", flat=True)) == {
        "62030200301180000002", "62030200301180000003",
    }  # fmt: skip
    know_device.keep_catalogue("62030200301180000003", [Channel(EAST, "东")], TUESDAY)
    assert not SipChannel.objects.exists(), "nothing of a device nobody accepted is kept"


def test_a_device_is_taken_in_by_an_administrator_with_a_sealed_password(street: Street) -> None:
    with pytest.raises(NotPermitted):
        accept(street, by="director")
    for wrong in (
        {"number": "1"},
        {"password": "short"},
        {"area": "999"},
        {"area": COUNTY + "999"},
    ):
        with pytest.raises(Invalid):
            accept(street, **wrong)
    device = accept(street)
    assert PASSWORD.encode() not in bytes(device.sealed or b"")
    assert know_device.password_of(DEVICE) == PASSWORD
    know_device.note_registered(DEVICE, "10.0.0.9", 3600, TUESDAY)
    know_device.note_alive(DEVICE, TUESDAY, fault=True)
    device.refresh_from_db()
    assert (device.registered_until, device.is_faulty) == (TUESDAY + timedelta(hours=1), True)
    seen = {}
    for name in ("administrator", "director", "dispatcher", "auditor"):
        with acting(street.cast.actor(name)):
            seen[name] = SipDevice.objects.count()
    assert seen == {"administrator": 1, "director": 0, "dispatcher": 0, "auditor": 0}


def test_a_channel_becomes_a_source_by_its_code_or_by_somebodys_word(street: Street) -> None:
    device = accept(street)
    named = make_camera(street.cast.posts[BEIJING_ROAD], EAST)
    told = [
        Channel(EAST, "东门", on=True),
        Channel(WEST, "西门"),
        Channel("620302", "区", is_folder=True),
    ]
    know_device.keep_catalogue(DEVICE, told, TUESDAY)
    know_device.keep_catalogue(DEVICE, told, TUESDAY)
    source = Source.objects.get()
    assert (source.camera, source.protocol, source.channel) == (named, "gb28181", EAST)
    assert SipChannel.objects.count() == 2
    west = SipChannel.objects.get(number=WEST)
    with pytest.raises(NotPermitted):
        tie_channel(west.pk, street.ours.id, actor=street.cast.actor("director"), at=TUESDAY)
    tie_channel(west.pk, street.ours.id, actor=street.cast.actor("administrator"), at=TUESDAY)
    assert street.ours.sources.get().channel == WEST
    know_device.keep_catalogue(DEVICE, told[:1], TUESDAY)
    west.refresh_from_db()
    assert west.gone_at == TUESDAY
    forget_device(device.id, actor=street.cast.actor("administrator"), at=TUESDAY)
    assert not Source.objects.exists()
