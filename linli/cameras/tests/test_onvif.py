"""ONVIF against a device that really answers on this machine."""

import base64
import ipaddress
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from linli.cameras.onvif import envelope as soap
from linli.cameras.onvif.device import Device
from linli.cameras.onvif.discovery import discover, matches
from linli.cameras.probe.finding import LookError, Target
from linli.cameras.probe.web import Asker
from linli.cameras.tests import onvif_peer

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


def test_devices_are_found_once_and_only_in_allowed_networks() -> None:
    device = onvif_peer.Device()
    with onvif_peer.serving(device), onvif_peer.announcing(device) as place:
        found = discover(LOOPBACK, seconds=0.5, to=place)
    assert [(one.address, one.name, one.hardware) for one in found] == [
        (device.address, "Example Cam", "E-1")
    ]
    with onvif_peer.announcing(device) as place:
        assert discover((), seconds=0.3, to=place) == []


def test_a_device_says_what_it_is_although_its_clock_and_its_name_are_wrong() -> None:
    device = onvif_peer.Device()
    device.ahead = timedelta(hours=-9)
    target = Target("onvif", "", user="admin", password="geheim")
    with onvif_peer.serving(device), Asker(target, LOOPBACK, 5) as asker:
        client = Device(asker, device.address)
        ahead = client.clock()
        facts, profiles = client.facts(), client.profiles()
        address = client.stream_uri(profiles[0].token)
    assert ahead is not None
    assert ahead.total_seconds() == pytest.approx(-9 * 3600, abs=3)
    assert (facts.maker, facts.model) == ("示例", "E-1")
    assert (profiles[0].token, profiles[0].encoding, profiles[0].width) == ("main", "H264", 1920)
    assert address == device.stream


def test_a_wrong_password_is_told_apart() -> None:
    device = onvif_peer.Device()
    target = Target("onvif", "", user="admin", password="falsch")
    with (
        onvif_peer.serving(device),
        Asker(target, LOOPBACK, 5) as asker,
        pytest.raises(LookError) as ended,
    ):
        Device(asker, device.address).facts()
    assert ended.value.finding.state == "authentication"


def test_the_token_is_the_one_of_the_specification() -> None:
    # The example of the ONVIF Core Specification's programmer's guide.
    nonce = base64.b64decode("LKqI6G/AikKCQrN0zqZFlg==")
    moment = datetime(2010, 9, 16, 7, 50, 45, tzinfo=UTC)
    header = soap.username_token("user", "userpassword", nonce=nonce, now=moment)
    text = etree.tostring(header).decode()
    assert soap.text_of(header, "Created") == "2010-09-16T07:50:45.000Z"
    assert "userpassword" not in text


def test_entities_are_not_read() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Envelope>&x;</Envelope>'
    assert "root:" not in etree.tostring(soap.parsed(bomb)).decode()
    assert list(matches(bomb, LOOPBACK)) == []
    with pytest.raises(soap.NotSoapError):
        soap.parsed(b"<html></html>")
