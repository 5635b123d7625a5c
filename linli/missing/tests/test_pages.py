"""The pages of a search: the report, the search with its clips and streets, and who sees what."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.accounts.scope import acting
from linli.cases.tests.test_api import Caller, token_for
from linli.missing.actions.look import take_clip
from linli.missing.models import Look, Person, Search, Walk
from linli.missing.queries.page import newest
from linli.missing.tests.party import JPEG, SECRET, SOUTH, STEP, WEST, Party, make_place
from linli.missing.tests.test_search import first_clip
from tests.cast import LONGMENLI, TUESDAY


def told(**fields: object) -> dict[str, object]:
    """Return what is typed into the report."""
    return {
        "reporter": "李强示例", "reporter_phone": "13900000000", "kinship": "child",
        "kinship_checked": "on", "police_told": "on", "name": SECRET, "age": "78",
        "category": "dementia", "clothes": "红色外套", "sure": "good", "area": LONGMENLI,
        "seen_at": f"{TUESDAY + timedelta(hours=7):%Y-%m-%dT%H:%M}",
        "lng": str(WEST + STEP), "lat": str(SOUTH + STEP), "home": f"{WEST}, {SOUTH}",
        "goals": f"旧居，{WEST + 3 * STEP}，{SOUTH}",
        "photo": SimpleUploadedFile("p.jpg", JPEG, "image/jpeg"), **fields,
    }  # fmt: skip


def newest_key(search: Search) -> int:
    """Return the plan that a page shows."""
    belief = newest(search)
    assert belief is not None
    return belief.pk


def test_the_report_in_four_steps_makes_an_incident_and_a_search(party: Party) -> None:
    client = party.desk.client("clerk")
    assert "一、谁来报案" in client.get("/missing/new/").content.decode()
    answer = client.post("/missing/new/", told())
    search = Search.objects.get()
    assert answer["Location"] == f"/missing/{search.id}/"
    assert (search.state, search.is_adult, search.case.kind) == ("waiting", True, "incident")
    assert search.destinations.count() == 2
    page = client.get(f"/missing/{search.id}/").content.decode()
    assert SECRET in page
    assert "须由第二人" in page


@pytest.mark.parametrize(
    ("field", "wrong"), [("police_told", ""), ("goals", "公园"), ("seen_at", "2026-03-12T10:00")]
)
def test_what_is_wrong_is_said_at_its_field(party: Party, field: str, wrong: str) -> None:
    answer = party.desk.client("clerk").post("/missing/new/", told(**{field: wrong}))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Search.objects.exists()


def test_the_director_opens_it_and_clips_and_streets_are_proposed(party: Party) -> None:
    search = party.reported()
    client = party.desk.client("director")
    assert SECRET not in client.get(f"/missing/{search.id}/").content.decode()
    client.post(f"/missing/{search.id}/open/")
    page = client.get(f"/missing/{search.id}/").content.decode()
    assert SECRET in page
    assert 'class="belief-5"' in page
    assert "领取" in page
    assert "龙门路" in page
    camera, since = first_clip(search)
    client.post(
        f"/missing/{search.id}/take/", {"camera": camera, "since": int(since.timestamp())}
    )  # fmt: skip
    look = Look.objects.get()
    page = client.get(f"/missing/{search.id}/clips/{look.id}/").content.decode()
    assert SECRET in page
    assert "受过培训的调度员和中心主任调阅" in page  # the director of the cast was not trained
    client.post(f"/missing/{search.id}/say/", {"id": look.id, "outcome": "seen"})
    assert "看到的记录" in client.get(f"/missing/{search.id}/").content.decode()


def test_a_patrol_walks_and_somebody_calls(party: Party) -> None:
    search = party.opened()
    client = party.desk.client("patrol")
    client.post(
        f"/missing/{search.id}/take-streets/", {"part": "0", "belief": str(newest_key(search))}
    )
    walk = Walk.objects.get()
    client.post(f"/missing/{search.id}/say-streets/", {"id": walk.id, "outcome": "not_seen"})
    call = {
        "place": f"{WEST}, {SOUTH}", "outcome": "seen",
        "seen_at": f"{TUESDAY + timedelta(hours=7, minutes=45):%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    answer = client.post(f"/missing/{search.id}/call/", call)
    assert answer.status_code == 302
    assert Walk.objects.filter(is_call=True, outcome="seen").count() == 1


def test_degrees_may_be_typed_where_there_are_no_scripts(party: Party) -> None:
    client = party.desk.client("clerk")
    client.post("/missing/new/", told(lng="", lat="", point=f"{WEST + STEP}, {SOUTH}"))
    search = Search.objects.get()
    assert (search.longitude, search.latitude) == (WEST + STEP, SOUTH)
    page = client.get("/missing/new/").content.decode()
    assert page.count('data-island="spots"') == 2
    assert 'data-places="/roads/places.json"' in page


def test_a_call_with_a_fault_keeps_what_was_typed(party: Party) -> None:
    search = party.opened()
    call = {"place": "老宅门口", "outcome": "perhaps", "seen_at": "2026-03-10T09:50"}
    answer = party.desk.client("clerk").post(f"/missing/{search.id}/call/", call)
    assert answer.status_code == 422
    assert 'value="老宅门口"' in answer.content.decode()
    assert not Walk.objects.exists()


def test_who_knows_and_who_does_not_stands_on_the_page(party: Party) -> None:
    hospital = make_place("hospital", "示例医院")
    make_place("transport_station", "示例车站", phone="")
    search = party.opened()
    client = party.desk.client("clerk")
    page = client.get(f"/missing/{search.id}/").content.decode()
    assert "2 人" in page  # the grid worker and the patrol
    assert "2 处尚未告知" in page
    assert 'href="tel:0935-000"' in page
    telling = search.tellings.get(premises=hospital)
    client.post(f"/missing/{search.id}/told/", {"id": telling.id, "done": "yes"})
    page = client.get(f"/missing/{search.id}/").content.decode()
    assert "1 处尚未告知" in page
    assert "由clerk告知" in page


def test_who_is_outside_sees_nothing_of_the_person(party: Party) -> None:
    search = party.opened()
    outside = party.desk.client("street_dispatcher").get(f"/missing/{search.id}/")
    assert SECRET not in outside.content.decode()
    assert (
        party.desk.client("street_dispatcher").get(f"/missing/{search.id}/photo/").status_code
        == 403
    )
    assert party.desk.client("neighbour_clerk").get(f"/missing/{search.id}/").status_code == 404
    assert party.desk.client("auditor").get(f"/missing/{search.id}/").status_code == 404


def test_the_photo_is_shown_inside_and_gone_at_the_end(party: Party) -> None:
    search = party.opened()
    client = party.desk.client("patrol")
    assert client.get(f"/missing/{search.id}/photo/").content == JPEG
    client.post(f"/missing/{search.id}/find/", {"by": "streets"})
    assert client.get(f"/missing/{search.id}/photo/").status_code == 404
    assert Person.objects.get().photo is None


def test_a_child_is_never_asked_for_consent_also_where_the_form_has_a_fault(party: Party) -> None:
    search = party.opened(is_adult=False)
    client = party.desk.client("patrol")
    address = f"/missing/{search.id}/"
    assert "consented" not in client.get(address).context["found_form"].fields
    answer = client.post(f"{address}find/", {"by": "nothing"})
    assert answer.status_code == 422
    assert "consented" not in answer.context["found_form"].fields


def test_a_fault_of_a_place_names_what_was_typed_and_nothing_else(party: Party) -> None:
    search = party.opened()
    answer = party.desk.client("clerk").post(f"/missing/{search.id}/call/", {"place": "公园"})
    (fault,) = answer.context["call_form"].errors["place"]
    assert fault.endswith("公园")
    assert "call" not in fault


def test_what_is_only_for_an_open_search_is_not_read_afterwards(party: Party) -> None:
    search = party.opened()
    client = party.desk.client("patrol")
    client.post(f"/missing/{search.id}/find/", {"by": "streets"})
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/missing/{search.id}/").status_code == 200
    assert not [one for one in asked.captured_queries if "notices_message" in one["sql"]]


def test_a_refusal_stands_on_the_page(party: Party) -> None:
    search = party.opened()
    clip = first_clip(search)
    party.act("director", take_clip, search.id, *clip)
    answer = party.desk.client("clerk").post(
        f"/missing/{search.id}/take/", {"camera": clip[0], "since": int(clip[1].timestamp())}
    )
    assert answer.status_code == 409
    assert "正有人在看" in answer.content.decode()


def test_the_page_costs_the_same_for_many_clips(party: Party) -> None:
    search = party.opened()
    client = party.desk.client("director")
    client.get(f"/missing/{search.id}/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/missing/{search.id}/")
    belief = newest(search)
    assert belief is not None
    with acting(party.desk.cast.actor("director")):
        for camera, since, _chance in belief.clips[:5]:
            Look.objects.create(
                search=search, camera=camera, since=TUESDAY - timedelta(seconds=since % 997),
                by=party.desk.cast.users["director"], taken_at=TUESDAY,
            )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get(f"/missing/{search.id}/")
    assert len(many) <= len(few) + 2


def test_a_program_takes_a_clip_and_says_what_was_seen(party: Party) -> None:
    search = party.opened()
    program = Caller(
        token_for(party.desk.cast, "director", "missing:read", "missing:write", days=3000)
    )
    answer = program.get(f"/missing/{search.id}")
    assert answer.status_code == 200, answer.content
    plan = answer.json()
    assert SECRET not in str(plan)
    clip = plan["clips"][0]
    taken = program.post(
        f"/missing/{search.id}/clips", {one: clip[one] for one in ("camera", "since")}
    )
    assert taken.status_code == 200, taken.content
    said = program.post(f"/missing/clips/{taken.json()['id']}/say", {"outcome": "not_seen"})
    assert said.json()["outcome"] == "not_seen"
    again = program.get(f"/missing/{search.id}").json()
    assert clip not in again["clips"]
    outside = Caller(token_for(party.desk.cast, "county_clerk", "missing:read", days=3000))
    assert outside.get(f"/missing/{search.id}").status_code == 404
