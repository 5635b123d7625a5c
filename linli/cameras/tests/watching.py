"""A street where something has just happened, a trained dispatcher, and segments to be asked for."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from linli.accounts.models import User
from linli.cameras.actions.ask_grant import Wish, ask_grant
from linli.cameras.media import store
from linli.cameras.models import Camera, Grant, Training
from linli.cameras.tests.builders import Street
from linli.cases.models import Case
from tests.cast import COUNTY, TUESDAY, make_case

REASON = "路口有人打架，需确认伤情"


def make_trained(user: User, *, until: date = date(2027, 1, 1), **fields: Any) -> Training:
    """Save a training that holds."""
    given = {
        "trained_on": date(2026, 1, 1),
        "course": "视频调阅规范",
        "area": COUNTY,
        "at": TUESDAY,
    }
    return Training.objects.create(user=user, until=until, **{**given, **fields})


def make_incident(street: Street, **fields: Any) -> Case:
    """Register an incident ten metres before the camera of the centre."""
    given: dict[str, Any] = {
        "kind": "incident", "category": "public_order", "title": "路口打架", "by": "clerk",
        "latitude": street.ours.latitude, "longitude": street.ours.longitude + 0.0001, **fields,
    }  # fmt: skip
    return make_case(street.cast, **given)


def watch(
    street: Street, case: Case, *, by: str = "dispatcher", at: datetime = TUESDAY,
    camera: Camera | None = None, **fields: Any,
) -> Grant:  # fmt: skip
    """Ask for video as the dispatcher does."""
    wish = Wish([(camera or street.ours).id], "rescue", REASON, **fields)
    return ask_grant(case.id, wish, actor=street.cast.actor(by), at=at)


def lay_live(camera: UUID) -> Path:
    """Lay a live playlist with one segment where the packager would."""
    folder = store.live(camera)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "s0.ts").write_bytes(b"\x47 live")
    (folder / store.PLAYLIST).write_text("#EXTM3U\n#EXTINF:2.0,\ns0.ts\n")
    return folder


def lay_recorded(camera: UUID, begins: datetime, count: int) -> list[int]:
    """Lay so many recordings of ten seconds; return their first seconds."""
    seconds = [int(begins.timestamp()) + 10 * turn for turn in range(count)]
    for second in seconds:
        folder = store.recorded(camera) / datetime.fromtimestamp(second, UTC).strftime("%Y%m%d")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"r{second}.ts").write_bytes(b"\x47 then")
    return seconds
