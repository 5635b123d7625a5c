"""Looking a person up: by desks, with a reason, on the record, within the scope, masked."""

from datetime import timedelta

import pytest
from django.test import Client

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cases.actions.find_person import MOST_SEARCHES, TooManySearches, find_person
from linli.cases.actions.parties import PartyData, erase_party
from linli.cases.models import Party, PersonSearch
from linli.kernel.errors import Invalid, NotPermitted
from tests.cast import OTHER_VILLAGE, TUESDAY, Cast, make_case, make_cast

pytestmark = pytest.mark.django_db
PERSON = PartyData(
    role="applicant", name="欧阳无名", phone="13800000000", identity_number="620302189901010019"
)


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    make_case(cast, title="本街道的", parties=[PERSON])
    make_case(cast, title="别街道的", area=OTHER_VILLAGE, by="neighbour_clerk", parties=[PERSON])
    return cast


def titles(cast: Cast, who: str, field: str, text: str) -> list[str]:
    actor = cast.actor(who)
    with acting(actor):
        found = find_person(field, text, reason="本人到窗口查询", actor=actor, at=TUESDAY)
        return [party.case.title for party in found]


def test_a_person_is_found_however_typed_and_only_in_scope(cast: Cast) -> None:
    assert titles(cast, "clerk", "name", " 欧阳 无名") == ["本街道的"]
    assert titles(cast, "clerk", "phone", "138-0000-0000") == ["本街道的"]
    assert titles(cast, "clerk", "identity_number", "６２０３０２１８９９０１０１００１９") == [
        "本街道的"
    ]
    assert titles(cast, "neighbour_clerk", "name", "欧阳无名") == ["别街道的"]
    assert len(titles(cast, "county_clerk", "name", "欧阳无名")) == 2
    assert titles(cast, "clerk", "name", "欧阳") == []
    assert titles(cast, "clerk", "phone", "13900000000") == []


def test_the_record_holds_hashes_and_no_words(cast: Cast) -> None:
    titles(cast, "clerk", "phone", "13800000000")
    entry = Entry.objects.get(event="case.find_person")
    assert entry.actor == cast.users["clerk"].id
    assert entry.facts["found"] == 1
    assert "13800000000" not in str(entry.facts)
    assert "窗口" not in str(entry.facts)
    assert PersonSearch.objects.get().reason == "本人到窗口查询"


def test_an_erased_person_is_not_found(cast: Cast) -> None:
    party = Party.objects.get(case__title="本街道的")
    erase_party(party.id, reason="本人要求删除", actor=cast.actor("director"), at=TUESDAY)
    assert titles(cast, "clerk", "name", "欧阳无名") == []


@pytest.mark.parametrize("who", ["mediator", "officer", "grid_worker", "auditor", "administrator"])
def test_who_sits_at_no_desk_is_refused(cast: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        titles(cast, who, "name", "欧阳无名")
    assert not Entry.objects.filter(event="case.find_person").exists()


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("name", "欧", "本人到窗口"),
        ("phone", "138", "本人到窗口"),
        ("name", "欧阳", " 看 "),
        ("sex", "男男", "本人查询"),
    ],
)
def test_what_is_missing_is_named(cast: Cast, field: str, text: str, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        find_person(field, text, reason=reason, actor=cast.actor("clerk"), at=TUESDAY)
    assert refusal.value.fields


def test_a_desk_does_not_look_up_lists_of_people(cast: Cast) -> None:
    for _number in range(MOST_SEARCHES):
        titles(cast, "clerk", "name", "某某某")
    with pytest.raises(TooManySearches):
        titles(cast, "clerk", "name", "某某某")
    assert titles(cast, "county_clerk", "name", "某某某") == []
    later = TUESDAY + timedelta(minutes=11)
    actor = cast.actor("clerk")
    find_person("name", "某某某", reason="本人到窗口查询", actor=actor, at=later)


def test_the_page_masks_what_it_shows_and_keeps_what_was_typed(cast: Cast) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast.users["clerk"], backend="linli.accounts.backend.RoleBackend")
    assert client.get("/cases/find-person/").status_code == 200
    form = {"field": "name", "text": "欧阳无名", "reason": ""}
    refused = client.post("/cases/find-person/", form)
    assert refused.status_code == 422
    assert "欧阳无名" in refused.text
    answer = client.post("/cases/find-person/", form | {"reason": "本人到窗口查询"})
    assert answer.status_code == 200
    assert "本街道的" in answer.text
    assert "欧***" in answer.text
    assert "13800000000" not in answer.text
    assert "no-store" in answer["Cache-Control"]
