"""Hospitals and stations: who is told by message, who is called, and what is kept of it."""

from typing import Any

import pytest

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.kernel.errors import NotFound
from linli.missing.actions.confirm_told import confirm_told
from linli.missing.actions.end import close_search, find_person
from linli.missing.models import Telling
from linli.missing.queries.told import people_told, told_rows
from linli.missing.tests.party import SECRET, Party, make_place
from linli.notices.models import Gateway, Message, Notice
from linli.premises.actions.contacts import ContactData, sealed_contact
from linli.premises.models import Premises
from tests.cast import TUESDAY


def answered_by(place: Premises, phone: str) -> None:
    """Let somebody answer for a place."""
    sealed_contact(place, ContactData(part="duty", name="值班员", phone=phone)).save()


def states(party: Party, search: Any, name: str = "clerk") -> dict[str, str]:
    """Return name and state of each place, as somebody in the search reads them."""
    with acting(party.desk.cast.actor(name)):
        return {row.telling.name: row.state for row in told_rows(search)}


def test_without_a_way_for_messages_somebody_calls_and_signs(party: Party) -> None:
    near, far = (
        make_place("hospital", "示例医院"),
        make_place("transport_station", "示例车站", latitude=38.6),
    )
    make_place("hospital", "外地医院", latitude=39.4)
    make_place("hotel", "示例宾馆")
    make_place("hospital", "已关医院", closed_on=TUESDAY.date())
    answered_by(near, "13900000001")
    search = party.opened()
    assert states(party, search) == {"示例医院": "", "示例车站": ""}
    assert not Message.objects.filter(kind="missing_place").exists()
    telling = Telling.objects.get(premises=far)
    party.act("grid_worker", confirm_told, telling.id, True)
    telling.refresh_from_db()
    assert (telling.told_at, telling.told_by) == (TUESDAY, party.desk.cast.users["grid_worker"])
    assert states(party, search)["示例车站"] == "called"
    assert Entry.objects.filter(event="missing.confirm_told").count() == 1
    with pytest.raises(NotFound):
        party.act("street_dispatcher", confirm_told, telling.id, False)
    party.act("patrol", find_person, search.id, "streets")
    party.act("director", close_search, search.id, "已送回家")
    search.refresh_from_db()
    assert (search.record["told"], search.record["untold"]) == (1, 1)


def test_where_messages_go_out_the_place_is_written_to_and_the_page_knows_what_became_of_it(
    party: Party,
) -> None:
    Gateway.objects.create(sort="sms", name="短信", secret=b"", is_on=True)
    hospital, station = (
        make_place("hospital", "示例医院"),
        make_place("transport_station", "示例车站"),
    )
    answered_by(hospital, "+86 139-0000-0001")
    answered_by(station, "0935-1234567")  # no mobile: nobody reads a message there
    search = party.opened()
    [message] = Message.objects.filter(kind="missing_place")
    assert str(hospital.id) in message.key
    assert states(party, search) == {"示例医院": "waits", "示例车站": ""}
    Message.objects.update(state="sent", ended_at=TUESDAY)
    assert states(party, search)["示例医院"] == "arrived"
    Message.objects.update(state="failed")
    assert states(party, search)["示例医院"] == ""


def test_who_answers_for_a_place_and_has_an_account_reads_it_there(party: Party) -> None:
    owner = party.desk.cast.users["neighbour_clerk"]
    owner.phone = "13900000001"
    owner.save()
    answered_by(make_place("hospital", "示例医院"), "13900000001")
    search = party.opened()
    notice = Notice.objects.get(kind="missing_place")
    assert notice.user == owner
    assert SECRET not in notice.body
    # No gateway: what should have gone to their telephone lies in the outbox.
    Message.objects.update(state="outbox")
    assert states(party, search) == {"示例医院": ""}
    Notice.objects.filter(pk=notice.pk).update(read_at=TUESDAY)
    assert states(party, search) == {"示例医院": "read"}
    # They are told to look out; what is in the search they do not read.
    assert states(party, search, "neighbour_clerk") == {}


def test_how_many_on_foot_were_told_and_have_read_it(party: Party) -> None:
    search = party.opened()
    Notice.objects.filter(kind="missing_near", user=party.desk.cast.users["patrol"]).update(
        read_at=TUESDAY
    )
    with acting(party.desk.cast.actor("clerk")):
        assert people_told(search) == (2, 1)
