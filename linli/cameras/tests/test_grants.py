"""Who gets leave to look at video, for which case, which camera, which time; and who consents."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cameras.actions.ask_grant import Wish, ask_grant
from linli.cameras.actions.consent_grant import consent_grant, decline_grant
from linli.cameras.actions.end_grant import end_grant
from linli.cameras.actions.refuse_video import noting_refusals
from linli.cameras.actions.train import end_training, train
from linli.cameras.models import Grant, Refusal, ViewingRules
from linli.cameras.tests.builders import Street, make_agreement, make_camera
from linli.cameras.tests.watching import REASON, make_incident, make_trained, watch
from linli.cameras.viewing import VideoRefused, around, recorded_window, sees
from linli.cameras.viewing_choices import Cause
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.withdraw import withdraw_case
from linli.cases.models import Case
from linli.kernel.errors import Invalid, NotPermitted
from tests.cast import BEIJING_ROAD, GUANGZHOU_ROAD, TUESDAY

HOUR = timedelta(hours=1)


@pytest.fixture
def trained(street: Street) -> Street:
    for name in (
        "dispatcher",
        "director",
        "city_director",
        "neighbour_dispatcher",
        "traffic_officer",
    ):
        make_trained(street.cast.users[name])
    return street


def refused(street: Street, case: Case, **fields: Any) -> str:
    """Return why it was refused; the attempt must be kept, in the log too."""
    by = street.cast.actor(fields.get("by", "dispatcher"))
    before = Refusal.objects.count()
    wish_camera = fields.pop("camera", street.ours)
    at = fields.pop("at", TUESDAY)
    fields.pop("by", None)
    with (
        pytest.raises(VideoRefused) as told,
        noting_refusals(by, at, camera=wish_camera.id, case=case.id),
    ):
        ask_grant(case.id, Wish([wish_camera.id], "rescue", REASON, **fields), actor=by, at=at)
    assert Refusal.objects.count() == before + 1
    written = Refusal.objects.order_by("-id").first()
    entry = Entry.objects.filter(event="video.refuse").order_by("-id").first()
    assert written is not None
    assert entry is not None
    assert (entry.object_id, entry.actor) == (str(written.id), by.user_id)
    assert written.cause == told.value.cause
    return str(told.value.cause)


def test_live_video_holds_at_once_for_an_incident_at_its_place(trained: Street) -> None:
    case = make_incident(trained)
    with acting(trained.cast.actor("dispatcher")):
        grant = watch(trained, case)
    assert (grant.valid_from, grant.valid_until) == (TUESDAY, TUESDAY + HOUR)
    assert (grant.viewer_name, grant.unit_id) == ("dispatcher", trained.cast.posts[BEIJING_ROAD].id)
    entry: Any = Entry.objects.get(event="video.ask")
    assert REASON not in str(entry.facts), "a hash, never the words"
    assert entry.facts["case"] == str(case.id)


def test_everything_that_does_not_match_is_refused_and_kept(trained: Street) -> None:
    case = make_incident(trained)
    far = make_camera(trained.cast.posts[BEIJING_ROAD], "far", latitude=38.54)
    long_ago = make_incident(trained, happened_on=date(2026, 3, 1))
    nowhere = make_incident(trained, latitude=None, longitude=None)
    dispute = make_incident(trained, kind="dispute", category="neighbour")
    closed = make_incident(trained)
    withdraw_case(closed.id, actor=trained.cast.actor("clerk"), at=TUESDAY, note="误报")
    found = [
        refused(trained, case, by="city_dispatcher"),
        refused(trained, case, by="clerk"),
        refused(trained, case, by="administrator"),
        refused(trained, case, by="auditor"),
        refused(trained, case, by="neighbour_dispatcher"),
        refused(trained, case, by="traffic_officer"),
        refused(trained, case, camera=far),
        refused(trained, case, camera=trained.theirs),
        refused(trained, long_ago),
        refused(trained, nowhere),
        refused(trained, dispute),
        refused(trained, closed),
        refused(trained, case, at=TUESDAY + timedelta(hours=73)),
    ]
    assert found == [
        Cause.UNTRAINED, Cause.NO_ROLE, Cause.NO_CASE, Cause.NO_CASE, Cause.NO_CASE, Cause.NO_CASE,
        Cause.OTHER_PLACE, Cause.OTHER_PLACE, Cause.OTHER_TIME, Cause.OTHER_PLACE, Cause.NO_CASE,
        Cause.CASE_OVER, Cause.OTHER_TIME,
    ]  # fmt: skip
    assert not Grant.objects.exists()


def test_a_shared_camera_can_be_looked_at_as_long_as_it_is_shared(trained: Street) -> None:
    case = make_incident(trained)
    make_agreement(trained.traffic, trained.cast.posts[BEIJING_ROAD], trained.theirs)
    assert watch(trained, case, camera=trained.theirs).valid_from


def test_a_reason_and_a_purpose_are_registered_first(trained: Street) -> None:
    case, actor = make_incident(trained), trained.cast.actor("dispatcher")
    for purpose, reason in (("rescue", "  "), ("curiosity", REASON)):
        with pytest.raises(Invalid) as told:
            ask_grant(case.id, Wish([trained.ours.id], purpose, reason), actor=actor, at=TUESDAY)
        assert "reason" in told.value.fields


def test_recordings_need_a_second_trained_person_of_the_area(trained: Street) -> None:
    case = make_incident(trained)
    span = {"mode": "recorded", "starts": TUESDAY - HOUR, "ends": TUESDAY}
    grant = watch(trained, case, **span)
    assert grant.needs_consent
    assert grant.valid_from is None
    for name, cause in (("dispatcher", Cause.SAME_PERSON), ("city_dispatcher", Cause.UNTRAINED)):
        with pytest.raises(VideoRefused) as told:
            consent_grant(grant.id, actor=trained.cast.actor(name), at=TUESDAY)
        assert told.value.cause == cause
    consented = consent_grant(grant.id, actor=trained.cast.actor("director"), at=TUESDAY)
    assert consented.valid_until == TUESDAY + 8 * HOUR
    other = watch(trained, case, **span)
    declined = decline_grant(other.id, actor=trained.cast.actor("director"), at=TUESDAY)
    assert (declined.valid_from, declined.ended_why) == (None, "declined")
    outside = {"mode": "recorded", "starts": TUESDAY - 9 * HOUR, "ends": TUESDAY - 8 * HOUR}
    assert refused(trained, case, **outside) == Cause.OTHER_TIME
    ahead = {"mode": "recorded", "starts": TUESDAY, "ends": TUESDAY + HOUR}
    assert refused(trained, case, **ahead) == Cause.OTHER_TIME


def test_the_database_itself_wants_two_people(trained: Street) -> None:
    grant = watch(
        trained, make_incident(trained), mode="recorded", starts=TUESDAY - HOUR, ends=TUESDAY
    )
    for wrong in (
        {"consented_by": grant.viewer},
        {"needs_consent": False},
        {"valid_from": TUESDAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.filter(pk=grant.pk).update(**wrong)
    for looser in ({"metres": 501}, {"live_minutes": 61}, {"clip_days": 31}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ViewingRules.objects.update(**looser)


def test_a_city_may_want_a_second_person_for_live_video_too(trained: Street) -> None:
    ViewingRules.objects.update(consent_live=True)
    assert watch(trained, make_incident(trained)).valid_from is None


def test_the_end_of_the_case_ends_all_looking(trained: Street) -> None:
    cast = trained.cast
    case = make_incident(trained)
    live = watch(trained, case)
    recorded = watch(trained, case, mode="recorded", starts=TUESDAY - HOUR, ends=TUESDAY)
    office = cast.posts[BEIJING_ROAD]
    assign_case(case.id, unit=office.id, actor=cast.actor("clerk"), at=TUESDAY)
    accept_case(case.id, actor=cast.actor("director"), at=TUESDAY)
    with acting(cast.actor("director")):
        resolve_case(case.id, actor=cast.actor("director"), at=TUESDAY, note="双方已和解")
    live.refresh_from_db()
    recorded.refresh_from_db()
    assert (live.ended_why, recorded.ended_at) == ("case", None)
    other = make_incident(trained)
    grant = watch(trained, other)
    withdraw_case(other.id, actor=cast.actor("clerk"), at=TUESDAY, note="误报")
    grant.refresh_from_db()
    assert grant.ended_why == "case"


def test_the_viewer_or_a_director_ends_it_and_nobody_else(trained: Street) -> None:
    grant = watch(trained, make_incident(trained))
    with pytest.raises(NotPermitted):
        end_grant(grant.id, actor=trained.cast.actor("city_dispatcher"), at=TUESDAY)
    assert (
        end_grant(grant.id, actor=trained.cast.actor("director"), at=TUESDAY).ended_why == "revoked"
    )


def test_trainings_are_an_administrators_and_end_what_is_looked_at(trained: Street) -> None:
    cast = trained.cast
    given = {
        "course": "复训",
        "trained_on": date(2026, 3, 1),
        "until": date(2027, 3, 1),
        "at": TUESDAY,
    }
    for name in ("director", "dispatcher"):
        with pytest.raises(NotPermitted):
            train(cast.users["city_dispatcher"].id, actor=cast.actor(name), **given)  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        train(cast.users["mediator"].id, actor=cast.actor("administrator"), **given)  # type: ignore[arg-type]
    made = train(cast.users["city_dispatcher"].id, actor=cast.actor("administrator"), **given)  # type: ignore[arg-type]
    grant = watch(trained, make_incident(trained), by="city_dispatcher")
    end_training(made.id, actor=cast.actor("administrator"), at=TUESDAY)
    grant.refresh_from_db()
    assert grant.ended_at == TUESDAY


def test_who_knows_of_a_grant(trained: Street) -> None:
    case = make_incident(trained)
    grant = watch(trained, case)
    knowing = {}
    for name in ("dispatcher", "director", "city_director", "neighbour_dispatcher", "clerk", "auditor",
                 "administrator", "traffic_officer"):  # fmt: skip
        with acting(trained.cast.actor(name)):
            knowing[name] = Grant.objects.filter(pk=grant.pk).exists()
    assert {name for name, knows in knowing.items() if knows} == {
        "dispatcher", "director", "city_director",
    }  # fmt: skip
    make_agreement(trained.traffic, trained.cast.posts[BEIJING_ROAD], trained.theirs)
    theirs = watch(trained, case, camera=trained.theirs)
    with acting(trained.cast.actor("traffic_officer")):
        assert Grant.objects.filter(pk=theirs.pk).exists(), "whose camera is looked at may know"


def test_a_field_of_view_reaches_as_far_as_it_says(street: Street) -> None:
    camera = street.ours  # looks east, 60 degrees wide, 50 metres far
    metre = 1 / 111_195
    assert sees(camera, 38.53, 102.18 + 40 * metre)
    assert not sees(camera, 38.53, 102.18 + 80 * metre)
    assert not sees(camera, 38.53, 102.18 - 20 * metre)
    assert not sees(camera, 38.53 + 30 * metre, 102.18)


def test_where_only_the_day_is_known_all_of_it_counts(street: Street) -> None:
    case = make_incident(street, happened_on=date(2026, 3, 9))
    when = around(case)
    assert when is not None
    assert when.last - when.first == timedelta(days=1)
    first, last = recorded_window(when, ViewingRules())
    assert (when.first - first, last - when.last) == (6 * HOUR, 24 * HOUR)


def test_the_neighbour_cannot_take_the_case_for_its_own(trained: Street) -> None:
    case = make_incident(trained)
    wish = Wish([trained.ours.id], "rescue", REASON, unit=trained.cast.posts[GUANGZHOU_ROAD].id)
    grant = ask_grant(case.id, wish, actor=trained.cast.actor("dispatcher"), at=TUESDAY)
    assert grant.unit_id == trained.cast.posts[BEIJING_ROAD].id
