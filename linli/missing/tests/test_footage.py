"""Footage of a search: asked for by who may, let by a second person, gone when the search ends."""

import pytest

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cameras.actions.consent_grant import consent_grant
from linli.cameras.models import Grant, Refusal
from linli.cameras.queries.permits import may_request_segment
from linli.cameras.tests.watching import make_trained
from linli.cameras.viewing import VideoRefused
from linli.missing.actions.end import find_person, stop_search
from linli.missing.actions.join import join_search
from linli.missing.actions.look import take_clip
from linli.missing.actions.open_footage import open_footage
from linli.missing.models import Look, Search
from linli.missing.tests.party import Party
from linli.missing.tests.test_search import first_clip
from tests.cast import TUESDAY


def asked(party: Party) -> tuple[Search, Look, Grant]:
    """Return a search with a clip whose footage the director has asked for."""
    for name in ("director", "street_dispatcher"):
        make_trained(party.desk.cast.users[name])
    search = party.opened()
    look = party.act("director", take_clip, search.id, *first_clip(search))
    return search, look, party.act("director", open_footage, look.id)


def test_a_clip_is_asked_for_with_its_own_place_and_time(party: Party) -> None:
    _search, look, grant = asked(party)
    assert (grant.starts, grant.purpose, grant.mode) == (look.since, "missing", "recorded")
    assert grant.valid_from is None
    with pytest.raises(VideoRefused):
        party.act("director", consent_grant, grant.id)
    party.act("street_dispatcher", consent_grant, grant.id)
    viewer = party.desk.cast.actor("director")
    with acting(viewer):
        permit = may_request_segment(viewer, grant.id, look.camera, TUESDAY, mode="recorded")
        assert permit.grant.id == grant.id


@pytest.mark.parametrize("way", ["found", "stopped"])
def test_it_is_over_when_the_search_is(party: Party, way: str) -> None:
    search, look, grant = asked(party)
    party.act("street_dispatcher", consent_grant, grant.id)
    if way == "found":
        party.act("patrol", find_person, search.id, "self")
    else:
        party.act("director", stop_search, search.id, "已在家中")
    viewer = party.desk.cast.actor("director")
    with acting(viewer), pytest.raises(VideoRefused):
        may_request_segment(viewer, grant.id, look.camera, TUESDAY, mode="recorded")


def test_who_is_not_trained_is_refused_and_the_attempt_stays(party: Party) -> None:
    search = party.opened()
    look = party.act("director", take_clip, search.id, *first_clip(search))
    answer = party.desk.client("director").post(f"/missing/{search.id}/footage/", {"id": look.id})
    assert answer.status_code == 403
    assert Refusal.objects.get().cause == "untrained"
    assert Entry.objects.filter(event="video.refuse").count() == 1
    assert not Grant.objects.exists()


def test_a_second_person_lets_them_look_on_the_page_of_the_search(party: Party) -> None:
    search, look, grant = asked(party)
    waiting = party.desk.client("director").get(f"/missing/{search.id}/clips/{look.id}/")
    assert "hx-trigger" in waiting.content.decode()
    party.act("street_dispatcher", join_search, search.id)
    second = party.desk.client("street_dispatcher")
    assert "录像待您同意" in second.get(f"/missing/{search.id}/").content.decode()
    second.post(f"/missing/{search.id}/let-look/", {"grant": grant.id, "decision": "consent"})
    grant.refresh_from_db()
    assert grant.consented_by == party.desk.cast.users["street_dispatcher"]
    page = party.desk.client("director").get(f"/missing/{search.id}/clips/{look.id}/")
    assert f"/cameras/view/{grant.id}/{look.camera}/recorded.m3u8" in page.content.decode()
    # Their own request nobody lets pass.
    own = party.desk.client("director")
    own.post(f"/missing/{search.id}/let-look/", {"grant": grant.id, "decision": "consent"})
    assert Refusal.objects.get().cause == "same_person"


def test_who_said_what_they_saw_goes_on_with_the_next_clip(party: Party) -> None:
    search = party.opened()
    client = party.desk.client("director")
    first = client.post(f"/missing/{search.id}/take-best/")
    look = Look.objects.get()
    assert first["Location"] == f"/missing/{search.id}/clips/{look.id}/"
    said = client.post(
        f"/missing/{search.id}/say/", {"id": look.id, "outcome": "not_seen", "go_on": "yes"}
    )
    following = Look.objects.get(said_at=None)
    assert said["Location"] == f"/missing/{search.id}/clips/{following.id}/"
    # A clip that is not one's own any more leads back.
    assert (
        client.get(f"/missing/{search.id}/clips/{look.id}/")["Location"] == f"/missing/{search.id}/"
    )
