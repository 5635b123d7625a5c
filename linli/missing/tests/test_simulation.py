"""The simulation: made-up cases, simpler ways, figures."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from linli.missing.cli import app
from linli.missing.planning.views import look
from linli.missing.simulation import simple_ways
from linli.missing.simulation.figures import calibration, ratio, summary
from linli.missing.simulation.run import PLANNER, Setting, simulate
from linli.missing.simulation.towns import draw, hang
from linli.missing.simulation.truth import draw_case
from linli.roads.tests.extracts import write


@pytest.fixture(scope="module")
def setting() -> Setting:
    """Return a valley with cameras."""
    streets = draw("valley", 5)
    cameras = hang(streets, 250, np.random.default_rng(5))
    return Setting(streets, cameras, look(streets, cameras), people=300, seed=2)


def test_every_way_looks_at_each_clip_once(setting: Setting) -> None:
    case = draw_case(setting.streets, setting.views, np.random.default_rng(1))
    register = simple_ways.Register(setting.streets, setting.cameras)
    size = len(setting.cameras) * case.windows
    for way in (
        simple_ways.gated, simple_ways.nearest_first, simple_ways.spiral, simple_ways.exhaustive,
    ):  # fmt: skip
        assert sorted(way(register, case)) == list(range(size))


def test_the_same_seed_finds_the_same_and_beats_looking_at_everything(setting: Setting) -> None:
    found = summary(simulate(setting, 6), 2)
    again = summary(simulate(setting, 6), 2)
    found.pop("replan_seconds")
    again.pop("replan_seconds")
    assert found == again
    assert found["cases"] == 6
    assert found["ways"][PLANNER]["first"]["p50"] < found["ways"]["exhaustive"]["first"]["p50"]


def test_calibration_is_how_far_stated_chances_are_off() -> None:
    error, bins = calibration([(0.25, True), (0.25, False), (0.85, True), (0.85, True)])
    assert error == pytest.approx(0.2)
    assert [row["clips"] for row in bins] == [2, 2]


def test_the_ratio_is_drawn_on_the_same_cases() -> None:
    assert ratio([10.0] * 9, [40.0] * 9, 1) == {"ratio": 0.25, "low": 0.25, "high": 0.25}


def test_the_command_prints_one_object(tmp_path: Path) -> None:
    extract = write(tmp_path / "streets.osm.pbf")
    words = ["simulate", "--osm", str(extract), "--cameras", "4", "--cases", "3", "--people", "200"]
    answer = CliRunner().invoke(app, [*words, "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout.strip().splitlines()[-1])
    assert told["cases"] == 3
    assert set(told["ways"]) <= {
        "planner", "gated_nearest", "gated_nearest_following", "nearest", "spiral", "exhaustive",
    }  # fmt: skip


def test_a_file_that_is_no_extract_is_told(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.osm.pbf"
    wrong.write_bytes(b"nothing")
    answer = CliRunner().invoke(app, ["simulate", "--osm", str(wrong)])
    assert answer.exit_code == 1
    assert "wrong.osm.pbf" in answer.stderr
