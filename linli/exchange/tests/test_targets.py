"""Where may be sent to: nothing inside a network, whatever way it is written or resolved."""

import ipaddress
import socket
from typing import Any

import httpx
import pytest

from linli.exchange import targets
from linli.exchange.sending import post
from linli.exchange.targets import checked_address, may_send, read_url
from linli.exchange.tests.receiver import Receiver
from linli.kernel.errors import Invalid

INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "0.0.0.1", "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::", "::",
]  # fmt: skip
NEVER = {"169.254.169.254", "224.0.0.1", "fe80::1", "::"}


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_a_network_need_permission(address: str) -> None:
    assert not may_send(ipaddress.ip_address(address), is_allowed=False)
    assert may_send(ipaddress.ip_address(address), is_allowed=True) is (address not in NEVER)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_need_none(address: str) -> None:
    assert may_send(ipaddress.ip_address(address), is_allowed=False)


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "ftp://example.com/", "https://", "http://example.com/", "https://u:p@example.com/",
        "https://example.com/#x", "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.5/x",
        "https://[::ffff:192.168.0.1]/", "javascript:alert(1)", "https://" + "x" * 600,
    ],
)  # fmt: skip
def test_addresses_that_are_refused_at_once(url: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_url(url, frozenset())
    assert set(refusal.value.fields) == {"url"}


def test_an_allowed_host_may_be_inside_and_without_tls() -> None:
    assert read_url("http://127.0.0.1:8080/x", {"127.0.0.1"}).port == 8080
    assert read_url("https://例子.测试/x", frozenset()).host == "例子.测试"


@pytest.mark.parametrize("name", ["2130706433", "0x7f.1", "localhost"])
def test_other_spellings_of_loopback_are_found_at_the_look_up(name: str) -> None:
    with pytest.raises((targets.ForbiddenTargetError, OSError)):
        checked_address(name, 80, is_allowed=False)


def test_a_name_that_answers_differently_the_second_time_gains_nothing(
    there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = ["8.8.8.8", "127.0.0.1"]

    def look_up(host: str, port: int, **_more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]

    monkeypatch.setattr(targets.socket, "getaddrinfo", look_up)
    assert checked_address("rebind.example", 443, is_allowed=False) == "8.8.8.8"
    monkeypatch.setattr(targets, "checked_address", checked_address)
    answer = post(
        httpx.URL(there.url.replace("127.0.0.1", "rebind.example")), b"{}", {}, is_allowed=False
    )
    assert answer.error == "forbidden"
    assert there.received == []


def test_the_connection_goes_to_the_address_and_names_the_host(
    there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(host: str, port: int, **_more: Any) -> list[Any]:
        assert host == "hooks.example"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    port = httpx.URL(there.url).port
    real = socket.getaddrinfo
    monkeypatch.setattr(
        targets.socket,
        "getaddrinfo",
        lambda host, *given, **more: (
            look_up(host, port or 0) if host == "hooks.example" else real(host, *given, **more)
        ),
    )
    answer = post(httpx.URL(f"http://hooks.example:{port}/x"), b"{}", {}, is_allowed=True)
    assert answer.is_taken
    assert there.received[0][1]["host"] == f"hooks.example:{port}"
