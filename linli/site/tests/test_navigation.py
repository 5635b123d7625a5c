"""The rail: what stands first for whom, and nothing twice."""

from uuid import uuid4

import pytest

from linli.accounts.actor import Actor, HeldRole
from linli.site.navigation import TABS, links

CITY = "6203"


def rail(kind: str, area: str = CITY) -> list[str]:
    """Return the addresses of a role's rail, from the top."""
    role = HeldRole(kind, area, None if kind in ("auditor", "administrator") else uuid4())
    return [link.url for link in links(Actor(uuid4(), "", (role,)), "/")]


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("dispatcher", ["/alarms/", "/board/", "/dispatch/", "/"]),
        ("centre_director", ["/alarms/", "/board/", "/dispatch/", "/"]),
        ("window_clerk", ["/", "/cases/", "/cases/new/", "/mediations/"]),
        ("mediator", ["/", "/cases/", "/cases/new/", "/mediations/"]),
        ("patrol_member", ["/dispatch/unit/", "/patrol/", "/", "/cases/"]),
    ],
)
def test_what_cannot_wait_stands_first(kind: str, first: list[str]) -> None:
    assert rail(kind)[:TABS] == first


def test_nobody_is_led_twice_to_the_same_page() -> None:
    for kind in ("dispatcher", "centre_director", "patrol_leader", "volunteer", "administrator"):
        assert len(rail(kind)) == len(set(rail(kind))), kind


def test_administrators_find_what_they_set_and_others_do_not() -> None:
    house = {"/alarms/desks/", "/cameras/video/setup/", "/policies/"}
    assert house <= set(rail("administrator"))
    assert not house & set(rail("window_clerk"))
    assert not house & set(rail("auditor"))
    assert "/alarms/" not in rail("administrator")


def test_only_who_warns_the_public_is_led_to_warnings() -> None:
    assert "/warnings/" in rail("centre_director", "620302")
    assert "/warnings/" not in rail("centre_director", "620302003")
    assert "/warnings/" not in rail("dispatcher")
