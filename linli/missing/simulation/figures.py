"""What a simulation found, as numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from linli.missing.simulation.run import GATED, PLANNER, Results

DRAWS = 2_000
# Minutes that stand for never where medians are compared: longer than any search goes on.
NEVER = 1e6
BINS = 10


def summary(results: Results, seed: int) -> dict[str, Any]:
    """Return percentiles in minutes, shares found, the comparison and the calibration.

    Percentiles are over the cases in which some working camera showed the person to a reviewer who
    would notice; null: never within the limit. ``ratio`` compares medians of the last sighting with
    the time-gated nearest, 95 % by drawing cases anew, the same for both ways.
    """
    ways = {
        way: {
            "first": _spread(results.first[way]),
            "last": _spread(results.last[way]),
            "within_60": _within(results.first[way], 60),
            "within_300": _within(results.first[way], 300),
            "last_within_300": _within(results.last[way], 300),
        }
        for way in results.first
    }
    error, bins = calibration(results.stated)
    false = 1.0 - float(np.mean(results.sightings)) if results.sightings else 0.0
    replans = np.asarray(results.replans or [0.0])
    return {
        "cases": results.cases,
        "seen_by_no_camera": round(results.unseen / max(1, results.cases), 4),
        "seen_but_missed_by_all": round(results.missed / max(1, results.cases), 4),
        "searched": len(results.first.get(PLANNER, ())),
        "ways": ways,
        "last_sighting_ratio": {
            way: ratio(results.last[PLANNER], results.last[way], seed)
            for way in results.last
            if way.startswith(GATED)
        },
        "calibration_error": round(error, 4),
        "calibration": bins,
        "false_among_sightings": round(false, 4),
        "replan_seconds": {
            "p50": round(float(np.median(replans)), 4), "max": round(float(replans.max()), 4)
        },
    }  # fmt: skip


def _spread(minutes: Sequence[float]) -> dict[str, float | None]:
    """Return the percentiles; None where it was never."""
    found = {}
    for percent in (50, 75, 90):
        value = float(np.percentile(minutes, percent, method="higher"))
        found[f"p{percent}"] = round(value, 1) if np.isfinite(value) else None
    return found


def _within(minutes: Sequence[float], limit: float) -> float:
    return round(float(np.mean(np.asarray(minutes) <= limit)), 4)


def ratio(one: Sequence[float], other: Sequence[float], seed: int) -> dict[str, float]:
    """Return the ratio of the medians and its 95 % interval, by a paired bootstrap."""
    rng = np.random.default_rng(seed)
    a, b = np.minimum(one, NEVER), np.minimum(other, NEVER)

    def of(which: Any) -> float:
        return float(np.median(a[which]) / np.median(b[which]))

    drawn = [of(rng.integers(0, len(a), len(a))) for _ in range(DRAWS)]
    low, high = np.percentile(drawn, (2.5, 97.5))
    return {"ratio": round(of(slice(None)), 4), "low": round(low, 4), "high": round(high, 4)}


def calibration(stated: Sequence[tuple[float, bool]]) -> tuple[float, list[dict[str, float]]]:
    """Return how far stated chances are off on average, and by tenths: stated, true, how many."""
    if not stated:
        return 0.0, []
    chance, came = np.asarray(stated, float).T
    tenth = np.minimum((chance * BINS).astype(int), BINS - 1)
    error, bins = 0.0, []
    for number in np.unique(tenth):
        inside = tenth == number
        said, true = float(chance[inside].mean()), float(came[inside].mean())
        error += abs(said - true) * float(inside.mean())
        bins.append({"stated": round(said, 4), "true": round(true, 4), "clips": int(inside.sum())})
    return error, bins
