"""A search party: a map of a few streets with cameras, and an elder who is missing there."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from linli.accounts.scope import acting
from linli.areas.models import Unit
from linli.cameras.models import Camera
from linli.cameras.tests.builders import make_camera
from linli.cases.tests.desk import Desk
from linli.missing.actions.open import open_search
from linli.missing.actions.report import Place, Told, report_missing
from linli.missing.models import Search
from linli.premises.models import Premises
from linli.roads.build.graph import build_graph
from linli.roads.build.reading import read
from linli.roads.tests.extracts import write
from tests.cast import BEIJING_ROAD, LONGMENLI, TUESDAY, make_user

# Blocks of 200 m around 龙门里.
WEST, SOUTH, STEP, SIZE = 102.18, 38.50, 0.002, 6
SECRET = "王秀英示例"
JPEG = b"\xff\xd8\xff" + b"0" * 40


def lay_streets(directory: Path, file: Path) -> None:
    """Make the network alone of a grid of streets, as an import leaves it."""
    points = {
        1 + x * SIZE + y: (WEST + x * STEP, SOUTH + y * STEP)
        for x in range(SIZE)
        for y in range(SIZE)
    }
    tags = {"highway": "residential", "name": "龙门路"}
    across = [(tuple(1 + x * SIZE + y for x in range(SIZE)), tags) for y in range(SIZE)]
    along = [(tuple(1 + x * SIZE + y for y in range(SIZE)), tags) for x in range(SIZE)]
    version = directory / "20260310T020000-aaaaaaaa"
    version.mkdir(parents=True)
    source = write(file, [*across, *along], points)
    roads, _ = read(source, version / "features", version / "places", lambda _share: None)
    build_graph(roads, version / "graph")
    (version / "manifest.json").write_text(json.dumps({"made_up": True, "box": [0, 0, 1, 1]}))
    (directory / "current").symlink_to(version)


def make_place(kind: str, name: str, **fields: Any) -> Premises:
    """Save premises two blocks from where the elder was last seen."""
    told = {
        "kind_id": kind, "name": name, "area_id": LONGMENLI, "added_at": TUESDAY,
        "latitude": SOUTH + 3 * STEP, "longitude": WEST + 3 * STEP, "phone": "0935-000",
    }  # fmt: skip
    return Premises.objects.create(**{**told, **fields})


@dataclass
class Party:
    """The desk with a street dispatcher more, cameras on the crossings, and searches."""

    desk: Desk
    cameras: list[Camera]

    def act(self, name: str, act: Callable[..., Any], /, *arguments: Any, **more: Any) -> Any:
        """Let a person do something under their scope, by default on Tuesday at ten."""
        actor = self.desk.cast.actor(name)
        at = more.pop("at", TUESDAY)
        with acting(actor):
            return act(*arguments, actor=actor, at=at, **more)

    def reported(self, **fields: Any) -> Search:
        """Return a search the clerk has reported: an elder, last seen an hour ago."""
        told: dict[str, Any] = {
            "area": LONGMENLI, "channel": "window", "category": "dementia", "is_adult": True,
            "seen_at": TUESDAY - timedelta(hours=1), "sure": "good",
            "words": {"name": SECRET, "clothes": "红色外套"}, "kinship_checked": True,
            "police_told": True, "latitude": SOUTH + 2 * STEP, "longitude": WEST + 2 * STEP,
            "places": [Place("老宅", SOUTH, WEST)], "photo": JPEG, **fields,
        }  # fmt: skip
        search: Search = self.act("clerk", report_missing, Told(**told))
        return search

    def opened(self, **fields: Any) -> Search:
        """Return a search the director has opened."""
        search: Search = self.act("director", open_search, self.reported(**fields).id)
        return search


def gather(desk: Desk) -> Party:
    """Hang cameras on every second crossing and hire a dispatcher and a patrol."""
    owner = desk.cast.posts[BEIJING_ROAD]
    cameras = [
        make_camera(
            owner, code=f"6203020030000{x}{y}", latitude=SOUTH + y * STEP,
            longitude=WEST + x * STEP, heading=0, angle=360, reach=40,
        )
        for x in range(0, SIZE, 2)
        for y in range(0, SIZE, 2)
    ]  # fmt: skip
    # A patrol is a team of its own: it takes part in a search and may not read the incident.
    team = Unit.objects.create(area_id=BEIJING_ROAD, kind="team", name="巡逻队")
    for name, kind, unit in (
        ("street_dispatcher", "dispatcher", owner),
        ("patrol", "patrol_member", team),
    ):
        desk.cast.users[name] = make_user(name, kind, BEIJING_ROAD, unit)
    return Party(desk, cameras)
