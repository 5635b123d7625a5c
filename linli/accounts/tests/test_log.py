"""The audit log's page: who reads it, what is found, and that it holds nothing personal."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from linli.accounts.log import Search, entries, every_entry
from linli.accounts.scope import acting
from linli.accounts.tests.conftest import SignedIn
from linli.audit.models import Entry
from linli.audit.record import record
from linli.audit.verify import verify_and_keep
from linli.cases.actions.assign import assign_case
from linli.cases.actions.parties import PartyData, reveal_party
from linli.cases.models import Reason
from linli.kernel.ids import new_id
from tests.cast import BEIJING_ROAD, GUANGZHOU_ROAD, TUESDAY, Cast, make_case, make_user


@pytest.fixture
def story(cast: Cast) -> Cast:
    """The clerk of one street and the clerk of the other each register a case."""
    for name in ("clerk", "neighbour_clerk"):
        case = make_case(cast, by=name)
        assign_case(case.id, actor=cast.actor("county_director"), at=TUESDAY)
    for area in (BEIJING_ROAD, GUANGZHOU_ROAD):
        cast.users[f"auditor {area}"] = make_user(f"a{area}", "auditor", area, None)
    return cast


@pytest.mark.django_db
def test_an_auditor_reads_what_the_people_of_the_area_did(story: Cast) -> None:
    everything = entries(story.actor("auditor"), Search())
    assert len(everything.lines) == Entry.objects.count()
    street = entries(story.actor(f"auditor {BEIJING_ROAD}"), Search())
    assert {line.person for line in street.lines} == {"clerk"}


@pytest.mark.django_db
def test_cases_are_named_though_the_auditor_sees_none(story: Cast) -> None:
    auditor = story.actor("auditor")
    with acting(auditor):
        page = entries(auditor, Search(event="case.register"))
        number = page.lines[0].object
        assert number.endswith("000001")
        found = entries(auditor, Search(number=number))
    assert {line.event for line in found.lines} == {"case.register", "case.assign"}


@pytest.mark.django_db
def test_every_search(story: Cast) -> None:
    auditor = story.actor("auditor")
    assert len(entries(auditor, Search(person="CLERK")).lines) == 1
    assert not entries(auditor, Search(person="nobody")).lines
    assert not entries(auditor, Search(number="nothing")).lines
    assert not entries(auditor, Search(until=TUESDAY)).lines
    assert not entries(auditor, Search(since=TUESDAY + timedelta(seconds=1))).lines
    assert len(entries(auditor, Search(since=TUESDAY)).lines) == Entry.objects.count()


@pytest.mark.django_db
def test_paging_reads_every_entry_once(cast: Cast) -> None:
    at = timezone.now()
    for number in range(57):
        record("thing", new_id(), "thing.do", actor=None, at=at - timedelta(seconds=number // 5))
    auditor = cast.actor("auditor")
    lines = list(every_entry(auditor, Search(), size=10))
    assert len({line.id for line in lines}) == len(lines) == 57
    assert [(line.at, line.id) for line in lines] == sorted(
        ((line.at, line.id) for line in lines), reverse=True
    )
    assert entries(auditor, Search(), after="nonsense").lines


@pytest.mark.django_db
def test_the_page_is_the_auditors(signed_in: SignedIn, story: Cast) -> None:
    for name in ("clerk", "administrator", "city_director"):
        assert signed_in(name).get("/log/").status_code == 403
        assert signed_in(name).get("/log/export.csv").status_code == 403
    client = signed_in("auditor")
    page = client.get("/log/").content.decode()
    assert "楼上漏水" not in page
    verify_and_keep(timezone.now())
    assert (
        client.get("/log/?since=2020-01-01&until=2030-01-01&event=case.register").status_code == 200
    )
    assert client.get("/log/?since=rubbish&event=none&after=x_y").status_code == 200


@pytest.mark.django_db
def test_the_export_streams_and_is_on_the_record(signed_in: SignedIn, story: Cast) -> None:
    answer = signed_in("auditor").get("/log/export.csv?event=case.register")
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == 2
    assert lines[0]["number"].endswith("000001")
    assert Entry.objects.filter(event="log.export").count() == 1


@pytest.mark.django_db
def test_an_auditor_reads_one_reason_and_that_is_recorded(story: Cast, signed_in: SignedIn) -> None:
    """The words lie beside the case, which the auditor does not see; never in the list or export."""
    case = make_case(story, parties=[PartyData(role="applicant", name="甲方示例")])
    clerk, why = story.actor("clerk"), "核对申请人的电话号码"
    reveal_party(case.parties.get().id, reason=why, actor=clerk, at=TUESDAY)
    entry = Entry.objects.get(event="case.reveal")
    client = signed_in("auditor")
    assert why not in client.get("/log/").content.decode()
    assert f"/log/{entry.pk}/reason/" in client.get("/log/").content.decode()
    assert why in client.post(f"/log/{entry.pk}/reason/").content.decode()
    assert Entry.objects.get(event="log.read_reason").object_id == str(entry.pk)
    Reason.objects.update(text="另一种说法")
    assert "与审计记录不符" in client.post(f"/log/{entry.pk}/reason/").content.decode()


@pytest.mark.django_db
def test_nobody_else_reads_reasons(story: Cast, signed_in: SignedIn) -> None:
    entry = Entry.objects.filter(event="case.register")[0]
    assert signed_in("clerk").post(f"/log/{entry.pk}/reason/").status_code == 403
    # Not every entry has one.
    assert signed_in("auditor").post(f"/log/{entry.pk}/reason/").status_code == 404
    case = make_case(story, parties=[PartyData(role="applicant", name="甲方示例")])
    party = case.parties.get().id
    reveal_party(party, reason="核对电话", actor=story.actor("clerk"), at=TUESDAY)
    revealed = Entry.objects.get(event="case.reveal")
    elsewhere = signed_in(f"auditor {GUANGZHOU_ROAD}")
    assert elsewhere.post(f"/log/{revealed.pk}/reason/").status_code == 404
