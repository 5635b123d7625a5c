"""Scope, twice: the app's filter and row security say the same of every person."""

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.scope import acting
from linli.areas.models import Unit
from linli.premises.models import Device, Premises
from linli.premises.policy import devices_visible_to, visible_to
from linli.premises.tests.town import Town
from tests.cast import BEIJING_ROAD, LONGMENLI, OTHER_VILLAGE

SEES = {
    "administrator": {"here", "there", "served", "pole"},
    "city_director": {"here", "there", "served", "pole"},
    "clerk": {"here", "pole"},
    "grid_worker": set(),
    "mediator": {"answered"},
    "neighbour_clerk": {"there", "served"},
    "officer": {"served"},
    "auditor": set(),
}


@pytest.fixture
def places(town: Town) -> dict[str, Premises]:
    justice = town.cast.justice
    return {
        "here": town.place(name="here"),
        "there": town.place(name="there", area_id=OTHER_VILLAGE),
        "served": town.place(name="served", area_id=OTHER_VILLAGE, department=justice),
    }


@pytest.mark.parametrize("name", [name for name in SEES if name != "mediator"])
def test_each_sees_what_is_theirs(town: Town, places: dict[str, Premises], name: str) -> None:
    for key, place in places.items():
        town.device(place, name=key)
    town.device(name="pole")
    actor = town.cast.actor(name)
    filtered = {
        *Premises.objects.filter(visible_to(actor)).values_list("name", flat=True),
        *Device.objects.filter(devices_visible_to(actor)).values_list("name", flat=True),
    }
    with acting(actor):
        secured = {
            *Premises.objects.values_list("name", flat=True),
            *Device.objects.values_list("name", flat=True),
        }
    assert filtered == secured == SEES[name]


def test_the_unit_that_answers_sees_its_place(town: Town) -> None:
    unit = Unit.objects.get(area=LONGMENLI, kind="centre")
    town.place(name="answered", area_id=OTHER_VILLAGE, responsible=unit)
    town.place(name="hidden", area_id=BEIJING_ROAD)
    actor = town.cast.actor("mediator")
    with acting(actor):
        assert set(Premises.objects.values_list("name", flat=True)) == SEES["mediator"]


def test_a_serial_number_stands_once_in_a_city(town: Town) -> None:
    town.device(serial="A-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        town.device(serial="A-1", area_id=OTHER_VILLAGE)
    town.device(serial="")
    town.device(serial="")
