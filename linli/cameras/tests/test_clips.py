"""Clips leave with a second look and expire; footage is kept thirty days, held, and then destroyed."""

import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cameras.actions.consent_grant import consent_grant
from linli.cameras.actions.cut_clip import (
    Cut,
    hand_out,
    look_at_clip,
    make_clip,
    order_clip,
    path_of,
)
from linli.cameras.actions.keep_footage import (
    expire_footage,
    hold_footage,
    lift_hold,
    set_recording,
)
from linli.cameras.actions.let_relative_look import (
    ask_for_relative,
    begin_relative,
    decide_relative,
    name_of,
)
from linli.cameras.actions.publish_report import publish_report
from linli.cameras.actions.retire import retire_camera
from linli.cameras.actions.set_viewing_rules import set_viewing_rules
from linli.cameras.media import drafts, store
from linli.cameras.media.packager import program
from linli.cameras.models import Clip, Recording, Refusal, RelativeViewing, ViewingReport
from linli.cameras.quarters import Quarter, quarter_of, read_quarter
from linli.cameras.queries.viewing_report import figures
from linli.cameras.tests.builders import Street, make_agreement
from linli.cameras.tests.watching import lay_live, lay_recorded, make_incident, make_trained, watch
from linli.cameras.viewing import VideoRefused
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from tests.cast import BEIJING_ROAD, TUESDAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def watched(street: Street, tmp_path: Path, settings: Any) -> Street:
    settings.LINLI_VIDEO = tmp_path / "video"
    for name in ("dispatcher", "director"):
        make_trained(street.cast.users[name])
    return street


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Make ten seconds of a moving picture."""
    path = tmp_path_factory.mktemp("made") / "one.ts"
    words = ["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=5", "-t", "10", "-c:v", "libx264"]
    subprocess.run([program(), "-loglevel", "error", *words, path], check=True)
    return path.read_bytes()


def recorded(street: Street, picture: bytes) -> Any:
    """Return a recorded grant with consent, and six real recordings in its span."""
    grant = watch(
        street, make_incident(street), mode="recorded", starts=TUESDAY - HOUR, ends=TUESDAY
    )
    consent_grant(grant.id, actor=street.cast.actor("director"), at=TUESDAY)
    for second in lay_recorded(street.ours.id, TUESDAY - HOUR, 6):
        path = store.recorded(street.ours.id) / store.day_of(second) / f"r{second}.ts"
        path.write_bytes(picture)
    return grant


def test_a_clip_leaves_only_after_another_persons_look(watched: Street, picture: bytes) -> None:
    cast, grant = watched.cast, recorded(watched, picture)
    starts = TUESDAY - HOUR + timedelta(seconds=8)
    cut = Cut("clip", starts, starts + timedelta(seconds=4), "公安分局", boxes=[[0, 0, 100, 100]])
    with acting(cast.actor("dispatcher")):
        clip = order_clip(
            grant.id, watched.ours.id, cut, actor=cast.actor("dispatcher"), at=TUESDAY
        )
    parts = sorted(store.clip(clip.id, "parts").glob("*.ts"))
    assert len(parts) == 2, "eight to twelve seconds lie in two recordings"
    begins = (TUESDAY - HOUR).timestamp()
    told = [(path.name, begins + 10 * n, begins + 10 * n + 10) for n, path in enumerate(parts)]
    make_clip(clip.id, told, at=TUESDAY)
    clip.refresh_from_db()
    assert (clip.state, clip.said, path_of(clip).exists()) == ("ready", "", True)
    assert not store.clip(clip.id, "parts").exists()
    for act in (
        lambda: hand_out(clip.id, actor=cast.actor("dispatcher"), at=TUESDAY),
        lambda: look_at_clip(clip.id, approve=True, actor=cast.actor("dispatcher"), at=TUESDAY),
    ):
        with pytest.raises(VideoRefused):
            act()
    with pytest.raises(NotFound):
        look_at_clip(clip.id, approve=True, actor=cast.actor("clerk"), at=TUESDAY)
    look_at_clip(clip.id, approve=True, actor=cast.actor("director"), at=TUESDAY)
    hand_out(clip.id, actor=cast.actor("dispatcher"), at=TUESDAY)
    assert Entry.objects.filter(event="video.hand_out").count() == 1
    for wrong in ({"looked_by": clip.made_by}, {"looked_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Clip.objects.filter(pk=clip.pk).update(**wrong)
    expire_footage(TUESDAY + 31 * DAY)
    clip.refresh_from_db()
    assert (clip.state, path_of(clip).exists()) == ("expired", False)


def test_a_clip_is_of_what_the_grant_shows(watched: Street, picture: bytes) -> None:
    actor, grant = watched.cast.actor("dispatcher"), recorded(watched, picture)

    def order(**fields: Any) -> None:
        given = {"kind": "clip", "starts": TUESDAY - HOUR, "ends": TUESDAY - HOUR + timedelta(seconds=9),
                 "recipient": "法院"}  # fmt: skip
        order_clip(grant.id, watched.ours.id, Cut(**(given | fields)), actor=actor, at=TUESDAY)

    with pytest.raises(VideoRefused):
        order(starts=TUESDAY - 2 * HOUR, ends=TUESDAY - 2 * HOUR)
    with pytest.raises(VideoRefused):
        order_clip(
            grant.id, watched.theirs.id, Cut("clip", TUESDAY, TUESDAY, "x"), actor=actor, at=TUESDAY
        )
    for wrong in ({"recipient": " "}, {"ends": TUESDAY}, {"boxes": [[0, 0, 2000, 1]]}, {"kind": "gif"},
                  {"starts": TUESDAY - HOUR / 2, "ends": TUESDAY - HOUR / 2}):  # fmt: skip
        with pytest.raises(Invalid):
            order(**wrong)
    assert not Clip.objects.exists()


def lay_dated(camera: UUID) -> Path:
    """Lay the last ten seconds where the packager would, with their moment."""
    folder, begins = lay_live(camera), TUESDAY - timedelta(seconds=10)
    lines = f"#EXTM3U\n#EXT-X-PROGRAM-DATE-TIME:{begins.isoformat()}\n#EXTINF:10.0,\ns0.ts\n"
    (folder / store.PLAYLIST).write_text(lines)
    return folder


def test_live_video_can_be_cut_after_it_has_gone(watched: Street, picture: bytes) -> None:
    actor, camera = watched.cast.actor("dispatcher"), watched.ours.id
    grant = watch(watched, make_incident(watched))
    assert drafts.lay(grant.id, camera, TUESDAY) is None, "there is no video yet"
    folder, begins = lay_dated(camera), TUESDAY - timedelta(seconds=10)
    (folder / "s0.ts").write_bytes(picture)
    page = Client()
    page.force_login(watched.cast.users["dispatcher"])
    address = f"/cameras/view/{grant.id}/{camera}/cut/"
    opened = page.get(address)
    draft = opened.context["draft"]
    store.free(folder)
    typed = {
        "kind": "clip", "starts": "2026-03-10T09:59:52", "ends": "2026-03-10T09:59:56",
        "for_public": "on", "boxes": "[[0,0,100,100]]", "draft": draft,
    }  # fmt: skip
    wrong = page.post(address, typed)
    assert (wrong.status_code, "2026-03-10T09:59:52" in wrong.text) == (422, True)
    taken = page.post(address, typed | {"recipient": "居民公告"})
    assert taken.status_code == 302
    clip = Clip.objects.get()
    (part,) = store.clip(clip.id, "parts").glob("*.ts")
    make_clip(clip.id, [(part.name, begins.timestamp(), TUESDAY.timestamp())], at=TUESDAY)
    clip.refresh_from_db()
    assert (clip.state, clip.said) == ("ready", "")
    cut = Cut("still", begins, begins, "居民公告")
    drafts.free_old(TUESDAY + drafts.KEPT + timedelta(seconds=1))
    with pytest.raises(Invalid):
        order_clip(grant.id, camera, cut, actor=actor, at=TUESDAY, draft=draft)


def test_a_draft_is_laid_once_a_second_and_nothing_of_it_stays(watched: Street) -> None:
    camera, all_drafts = watched.ours.id, store.root() / "drafts"
    grant = watch(watched, make_incident(watched))
    lay_dated(camera)
    page = Client()
    page.force_login(watched.cast.users["dispatcher"])
    address = f"/cameras/view/{grant.id}/{camera}/cut/"
    with time_machine.travel(TUESDAY, tick=False):
        first, again = page.get(address), page.get(address)
    assert (first.status_code, again.status_code) == (200, 200)
    draft = first.context["draft"]
    assert again.context["draft"] == draft
    assert len(drafts.read(grant.id, camera, draft)) == 1
    for told in all_drafts.rglob("told.json"):
        told.unlink()
    assert drafts.lay(grant.id, camera, TUESDAY) == draft, "the other request is about to tell"
    (all_drafts / str(grant.id) / str(camera)).mkdir(parents=True)
    drafts.free_old(TUESDAY + drafts.KEPT + timedelta(seconds=1))
    assert list(all_drafts.iterdir()) == []


def test_recordings_go_after_thirty_days_unless_held(watched: Street) -> None:
    cast, camera = watched.cast, watched.ours
    old = lay_recorded(camera.id, TUESDAY - 40 * DAY, 2)
    held = lay_recorded(camera.id, TUESDAY - 35 * DAY, 2)
    fresh = lay_recorded(camera.id, TUESDAY - 29 * DAY, 2)
    director = cast.actor("director")
    with pytest.raises(Invalid):
        set_recording(camera.id, on=True, days=29, actor=director, at=TUESDAY)
    with pytest.raises(NotPermitted):
        set_recording(camera.id, on=True, actor=cast.actor("dispatcher"), at=TUESDAY)
    set_recording(camera.id, on=True, actor=director, at=TUESDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recording.objects.update(days=29)
    span = {"starts": TUESDAY - 36 * DAY, "ends": TUESDAY - 34 * DAY}
    case = make_incident(watched)
    given = {**span, "until": date(2026, 4, 1), "reason": "伤害案取证", "at": TUESDAY}
    with pytest.raises(NotFound):
        hold_footage(camera.id, case.id, actor=cast.actor("administrator"), **given)  # type: ignore[arg-type]
    for wrong in ({"reason": ""}, {"until": date(2026, 3, 10)}, {"until": date(2028, 1, 1)}):
        with pytest.raises(Invalid):
            hold_footage(camera.id, case.id, actor=cast.actor("dispatcher"), **(given | wrong))  # type: ignore[arg-type]
    hold = hold_footage(camera.id, case.id, actor=cast.actor("dispatcher"), **given)  # type: ignore[arg-type]

    def there() -> set[int]:
        return {int(path.stem[1:]) for path in store.recorded(camera.id).glob("*/r*.ts")}

    assert expire_footage(TUESDAY)["recordings"] == 2
    assert there() == {*held, *fresh}
    assert old[0] not in there()
    lift_hold(hold.id, actor=cast.actor("dispatcher"), at=TUESDAY)
    expire_footage(TUESDAY)
    assert there() == set(fresh)
    assert Entry.objects.filter(event="video.expire").count() == 2


def test_a_camera_no_longer_in_use_is_no_longer_recorded(watched: Street) -> None:
    director = watched.cast.actor("director")
    set_recording(watched.ours.id, on=True, days=60, actor=director, at=TUESDAY - DAY)
    retire_camera(watched.ours.id, on=TUESDAY.date(), actor=director, at=TUESDAY)
    kept = Recording.objects.get()
    assert (kept.days, kept.stopped_at, kept.is_running) == (60, TUESDAY, False)


def test_a_relative_looks_on_with_the_consent_of_the_unit_that_runs_the_camera(
    watched: Street,
) -> None:
    cast = watched.cast
    make_agreement(watched.traffic, cast.posts[BEIJING_ROAD], watched.theirs)
    case = make_incident(watched, title="老人走失")
    grant = watch(watched, case, camera=watched.theirs)
    dispatcher, officer = cast.actor("dispatcher"), cast.actor("traffic_officer")
    given = {"name": "王小明", "paper": "户口簿 1", "kinship": "child", "checked_by": "核对户口簿原件",
             "at": TUESDAY}  # fmt: skip
    with pytest.raises(Exception, match=r".") as told:
        ask_for_relative(grant.id, actor=dispatcher, **given)  # type: ignore[arg-type]
    assert told.value.__class__.__name__ == "IllegalMove", "only in the search for a missing person"
    type(grant).objects.filter(pk=grant.pk).update(purpose="missing")
    with acting(dispatcher):
        (viewing,) = ask_for_relative(grant.id, actor=dispatcher, **given)  # type: ignore[arg-type]
    assert b"\xe7\x8e\x8b" not in bytes(viewing.sealed)
    assert name_of(viewing) == "王小明"
    with pytest.raises(VideoRefused):
        begin_relative(viewing.id, actor=dispatcher, at=TUESDAY)
    with pytest.raises(VideoRefused):
        decide_relative(viewing.id, consent=True, actor=dispatcher, at=TUESDAY)
    with pytest.raises(NotPermitted):
        decide_relative(viewing.id, consent=True, actor=cast.actor("director"), at=TUESDAY)
    with acting(officer):
        decide_relative(viewing.id, consent=True, actor=officer, at=TUESDAY)
    assert begin_relative(viewing.id, actor=dispatcher, at=TUESDAY).began_at == TUESDAY
    with pytest.raises(IntegrityError), transaction.atomic():
        RelativeViewing.objects.update(consented_by=cast.users["dispatcher"])


def test_rules_become_stricter_and_never_looser(watched: Street) -> None:
    administrator = watched.cast.actor("administrator")
    assert (
        set_viewing_rules({"live_minutes": 20}, actor=administrator, at=TUESDAY).live_minutes == 20
    )
    with pytest.raises(Invalid):
        set_viewing_rules({"live_minutes": 61}, actor=administrator, at=TUESDAY)
    with pytest.raises(NotPermitted):
        set_viewing_rules({"live_minutes": 10}, actor=watched.cast.actor("director"), at=TUESDAY)
    assert watch(watched, make_incident(watched)).valid_until == TUESDAY + timedelta(minutes=20)


def test_a_quarter_is_published_once_with_small_numbers_left_out(watched: Street) -> None:
    user = watched.cast.users["dispatcher"]
    case = make_incident(watched)
    for turn in range(7):
        grant = watch(watched, case)
        grant.cameras.update(opened_at=TUESDAY)
        Refusal.objects.create(at=TUESDAY, user=user, area=BEIJING_ROAD, cause="no_case")
        if turn < 3:
            Refusal.objects.create(at=TUESDAY, user=user, area="620321001", cause="untrained")
    told = figures(Quarter(2026, 1))
    assert (told["opened"], told["by_purpose"]) == (7, {"rescue": 7})
    assert told["by_cause"] == {"no_case": None, "untrained": None}, (
        "the other follows from the sum"
    )
    rows = {row["area"]: row for row in told["areas"]}
    assert rows["620321"]["refused"] is None
    assert rows["620302"]["refused"] is None
    assert figures(Quarter(2025, 4))["asked"] == 0
    assert publish_report(Quarter(2026, 1), at=TUESDAY) is None, "it has not ended"
    assert publish_report(Quarter(2026, 1), at=TUESDAY + 30 * DAY)
    assert publish_report(Quarter(2026, 1), at=TUESDAY + 31 * DAY) is None
    page = Client().get("/video/report/2026Q1/", headers={"accept-language": "zh-hans"})
    assert page.status_code == 200
    assert "救助处于危险中的人" in page.content.decode()
    assert "&lt;5" in page.content.decode()
    assert Client().get("/video/report/2020Q1/").status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        ViewingReport.objects.update(figures={})


def test_quarters_follow_each_other() -> None:
    assert quarter_of(TUESDAY) == Quarter(2026, 1)
    assert str(Quarter(2025, 4).following) == "2026Q1"
    assert Quarter(2026, 1).before == Quarter(2025, 4)
    assert [read_quarter(one) for one in ("2026Q5", "26Q1", "")] == [None] * 3
    assert quarter_of(Quarter(2026, 2).begins - timedelta(seconds=1)) == Quarter(2026, 1)


def test_the_pages_open_for_those_they_are_for(watched: Street, picture: bytes) -> None:
    grant = recorded(watched, picture)
    live = watch(watched, grant.case)
    seen: dict[str, list[int]] = {}
    pages = [
        "/cameras/video/", f"/cameras/video/case/{grant.case_id}/", f"/cameras/view/{grant.id}/",
        f"/cameras/view/{live.id}/", f"/cameras/view/{grant.id}/{watched.ours.id}/cut/",
        "/cameras/video/clips/", "/cameras/video/relatives/", "/cameras/video/setup/",
        "/cameras/video/devices/", f"/cameras/{watched.ours.id}/view/", f"/cases/{grant.case_id}/",
    ]  # fmt: skip
    for name in ("dispatcher", "director", "clerk", "administrator"):
        client = Client()
        client.force_login(watched.cast.users[name])
        with time_machine.travel(TUESDAY, tick=False):
            seen[name] = [client.get(page).status_code for page in pages]
    assert seen == {
        "dispatcher": [200, 200, 200, 200, 200, 200, 200, 403, 403, 403, 200],
        "director": [200, 200, 403, 403, 403, 200, 200, 403, 403, 403, 200],
        "clerk": [403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 200],
        "administrator": [403, 403, 403, 403, 403, 403, 200, 200, 200, 403, 404],
    }
    picture_page = Client()
    picture_page.force_login(watched.cast.users["dispatcher"])
    moment = (TUESDAY - HOUR + timedelta(seconds=5)).isoformat().replace("+", "%2B")
    preview = f"/cameras/view/{grant.id}/{watched.ours.id}/preview.jpg?at={moment}"
    assert picture_page.get(preview)["Content-Type"] == "image/jpeg"
    early = (TUESDAY - 2 * HOUR).isoformat().replace("+", "%2B")
    assert picture_page.get(preview.replace(moment, early)).status_code == 403
