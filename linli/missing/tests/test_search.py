"""A search from its report to its record: who may, two persons, clips, streets, and the end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cameras.models import Camera, Grant
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted, Stale
from linli.missing.actions.check import check_item
from linli.missing.actions.end import (
    close_search,
    expire_due,
    find_person,
    set_consent,
    tell_reporter,
)
from linli.missing.actions.erase import erase_due
from linli.missing.actions.join import join_search
from linli.missing.actions.look import say_clip, take_clip
from linli.missing.actions.open import ask_renewal, decline_search, open_search, renew_search
from linli.missing.actions.rank_anew import rank_anew, rank_stale
from linli.missing.actions.walk import say_call, say_streets, take_streets
from linli.missing.lifecycle import KEPT, LASTS, LEASE
from linli.missing.models import Belief, Destination, Look, Member, Person, Search, Walk
from linli.missing.policy import known_to
from linli.missing.queries.clips import clips_to_review
from linli.missing.queries.page import newest
from linli.missing.tests.party import SECRET, SOUTH, STEP, WEST, Party
from linli.notices.addresses import path_of
from linli.notices.models import Notice, StreamEvent
from tests.cast import TUESDAY

MINUTE = timedelta(minutes=1)


def first_clip(search: Search) -> tuple[object, datetime]:
    """Return the best proposed clip."""
    belief = newest(search)
    assert belief is not None
    camera, since, _chance = belief.clips[0]
    return camera, datetime.fromtimestamp(since, UTC)


def test_kinship_and_the_police_come_first(party: Party) -> None:
    with pytest.raises(Invalid) as refused:
        party.reported(kinship_checked=False, police_told=False)
    assert set(refused.value.fields) == {"kinship_checked", "police_told"}
    assert not Search.objects.exists()


def test_two_persons_open_it_and_then_everybody_nearby_knows(party: Party) -> None:
    search = party.reported()
    with pytest.raises(NotPermitted):
        party.act("clerk", open_search, search.id)
    party.act("director", open_search, search.id)
    search.refresh_from_db()
    assert (search.state, search.ends_at) == ("open", TUESDAY + LASTS)
    told = set(Notice.objects.filter(kind="missing_near").values_list("user__name", flat=True))
    assert told == {"grid_worker", "patrol"}
    notice = Notice.objects.filter(kind="missing_near").first()
    assert notice is not None
    assert search.case.number in notice.subject
    assert path_of(notice.about_type, notice.about_id) == f"/missing/{search.id}/"
    assert SECRET not in search.case.title


def test_the_one_who_reported_never_opens(party: Party) -> None:
    party.desk.cast.users["clerk"] = party.desk.cast.users["director"]
    search = party.reported()
    with pytest.raises(NotPermitted):
        party.act("director", open_search, search.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Search.objects.filter(pk=search.id).update(opened_by=search.made_by_id)


def test_only_those_in_the_search_read_it(party: Party) -> None:
    search = party.opened()
    inside = {"clerk", "director", "grid_worker", "patrol"}
    for name in (*sorted(inside), "neighbour_clerk", "street_dispatcher", "auditor"):
        actor = party.desk.cast.actor(name)
        with acting(actor):
            assert Person.objects.exists() == (name in inside), name
            assert Belief.objects.exists() == (name in inside), name
            known = name in inside | {"street_dispatcher"}
            assert Search.objects.filter(known_to(actor)).exists() == known, name
            assert Search.objects.exists() == known, name
    with pytest.raises(NotFound):
        party.act("neighbour_clerk", join_search, search.id)
    party.act("street_dispatcher", join_search, search.id)
    with acting(party.desk.cast.actor("street_dispatcher")):
        assert Person.objects.exists()
    assert Entry.objects.filter(event="missing.join").count() == 1


def test_a_declined_search_leaves_no_photo(party: Party) -> None:
    search = party.reported()
    party.act("director", decline_search, search.id, "已在家中")
    assert Person.objects.get(search=search).photo is None
    with pytest.raises(IllegalMove):
        party.act("director", open_search, search.id)


def test_nobody_looks_at_what_somebody_else_looks_at(party: Party) -> None:
    search = party.opened()
    clip = first_clip(search)
    look = party.act("director", take_clip, search.id, *clip)
    assert look.chance is not None
    with pytest.raises(Stale):
        party.act("clerk", take_clip, search.id, *clip)
    with acting(party.desk.cast.actor("clerk")):
        proposed = clips_to_review(search, newest(search), TUESDAY)
    assert (str(clip[0]), clip[1]) not in {(str(one.camera), one.since) for one in proposed}
    # What nobody finishes is free again.
    late = TUESDAY + LEASE + MINUTE
    taken = party.act("clerk", take_clip, search.id, *clip, at=late)
    with pytest.raises(Stale):
        party.act("director", say_clip, taken.id, "seen", at=late)
    party.act("clerk", say_clip, taken.id, "not_seen", at=late)
    with pytest.raises(Stale):
        party.act("director", take_clip, search.id, *clip, at=late)


def test_a_sighting_moves_the_belief(party: Party) -> None:
    search = party.opened()
    before = newest(search)
    look = party.act("director", take_clip, search.id, *first_clip(search))
    party.act("director", say_clip, look.id, "seen", at=TUESDAY + MINUTE)
    after = newest(search)
    assert before is not None
    assert after is not None
    assert after.pk != before.pk
    assert after.heat != before.heat
    assert sum(chance for _street, chance in after.heat) == pytest.approx(1, abs=0.1)


def test_what_has_grown_old_is_ranked_anew(party: Party) -> None:
    search = party.opened()
    assert rank_stale(at=TUESDAY + 4 * MINUTE) == 0
    assert rank_stale(at=TUESDAY + 6 * MINUTE) == 1
    party.act("patrol", rank_anew, search.id, at=TUESDAY + 20 * MINUTE)
    belief = newest(search)
    assert belief is not None
    assert belief.at == TUESDAY + 20 * MINUTE


def test_where_nothing_can_be_drawn_nobody_is_told_to_look_again(
    party: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    party.opened()
    monkeypatch.setattr("linli.missing.queries.ground.store.current", lambda: None)
    StreamEvent.objects.all().delete()
    assert rank_stale(at=TUESDAY + 6 * MINUTE) == 0
    assert not StreamEvent.objects.exists()


def test_streets_are_shared_and_what_people_find_counts(party: Party) -> None:
    search = party.opened()
    belief = newest(search)
    assert belief is not None
    walk = party.act("patrol", take_streets, search.id, 0)
    with pytest.raises(Stale):
        party.act("grid_worker", take_streets, search.id, 0)
    party.act("patrol", say_streets, walk.id, "not_seen", at=TUESDAY + MINUTE)
    after = newest(search)
    assert after is not None
    walked = set(walk.streets)
    before = sum(chance for street, chance in belief.heat if street in walked)
    assert sum(chance for street, chance in after.heat if street in walked) < before


def test_a_call_counts_without_any_camera(party: Party) -> None:
    Camera.objects.update(retired_on=TUESDAY.date())
    search = party.opened()
    belief = newest(search)
    assert belief is not None
    assert belief.clips == []
    assert belief.unseen == 1
    assert belief.parts
    place = (SOUTH + 4 * STEP, WEST + 4 * STEP)
    moment = TUESDAY - 10 * MINUTE
    party.act("clerk", say_call, search.id, *place, moment, "seen", at=TUESDAY + MINUTE)
    after = newest(search)
    assert after is not None
    assert after.latitude > belief.latitude
    with pytest.raises(Invalid):
        party.act("clerk", say_call, search.id, *place, TUESDAY - timedelta(hours=9), "seen")


def test_without_a_place_people_search_by_the_list(party: Party) -> None:
    search = party.opened(latitude=None, longitude=None, places=())
    assert newest(search) is None
    party.act("grid_worker", check_item, search.id, "house", True)
    assert search.checks.filter(done_at__isnull=False).count() == 1


def test_it_ends_after_72_hours_unless_two_renew_it(party: Party) -> None:
    search = party.opened()
    assert expire_due(at=TUESDAY + LASTS - MINUTE) == 0
    late = TUESDAY + LASTS - MINUTE
    party.act("director", ask_renewal, search.id, at=late)
    with pytest.raises(NotPermitted):
        party.act("director", renew_search, search.id, at=late)
    party.act("street_dispatcher", renew_search, search.id, at=late)
    assert expire_due(at=TUESDAY + LASTS + MINUTE) == 0
    assert expire_due(at=late + LASTS) == 1
    search.refresh_from_db()
    assert (search.state, search.ended_why) == ("ended", "time")
    assert Person.objects.get(search=search).photo is None


def test_a_found_adult_decides_who_may_know_where(party: Party) -> None:
    search = party.opened()
    party.act("patrol", find_person, search.id, "streets")
    with pytest.raises(NotPermitted):
        party.act("clerk", tell_reporter, search.id)
    party.act("patrol", set_consent, search.id, True)
    party.act("clerk", tell_reporter, search.id)
    child = party.opened(is_adult=False, category="child")
    party.act("patrol", find_person, child.id, "streets")
    party.act("clerk", tell_reporter, child.id)


def test_the_end_leaves_a_record_and_ends_the_grants(party: Party) -> None:
    search = party.opened()
    look = party.act("director", take_clip, search.id, *first_clip(search))
    grant = Grant.objects.create(
        case=search.case, area=search.area, mode="live", viewer_id=look.by_id, viewer_name="示例",
        unit=search.case.holder, purpose="missing", reason="走失", asked_at=TUESDAY,
        needs_consent=False, valid_from=TUESDAY, valid_until=TUESDAY + LEASE,
    )  # fmt: skip
    party.act("director", say_clip, look.id, "seen")
    party.act("director", find_person, search.id, "footage")
    grant.refresh_from_db()
    assert grant.ended_at is not None
    assert Person.objects.get(search=search).photo is None
    party.act("director", close_search, search.id, "已送回家")
    search.refresh_from_db()
    assert search.state == "ended"
    assert (search.record["clips"], search.record["minutes"], search.record["sightings"]) == (
        1,
        5,
        1,
    )
    with pytest.raises(IllegalMove):
        party.act("director", take_clip, search.id, *first_clip(search))


def test_everything_about_the_person_is_erased_in_time(party: Party) -> None:
    search = party.opened()
    look = party.act("director", take_clip, search.id, *first_clip(search))
    party.act("director", say_clip, look.id, "seen")
    party.act("director", find_person, search.id, "call")
    party.act("director", close_search, search.id, "已送回家")
    assert erase_due(at=TUESDAY + KEPT - MINUTE) == 0
    assert erase_due(at=TUESDAY + KEPT) == 1
    for rows in (Person, Destination, Belief, Walk):
        assert not rows.objects.filter(search=search).exists()
    assert Look.objects.get().camera is None
    search.refresh_from_db()
    assert search.latitude is None
    assert search.record["clips"] == 1
    assert Member.objects.filter(search=search).exists()
    assert erase_due(at=TUESDAY + KEPT) == 0


def test_the_log_tells_steps_and_no_person(party: Party) -> None:
    search = party.opened()
    entries = Entry.objects.filter(object_id=str(search.id)).values_list("event", "facts")
    assert [event for event, _facts in entries] == ["missing.report", "missing.open"]
    assert SECRET not in str(list(entries))
