"""The weights the history is drawn by. Plausible, not published: docs/reference/demo.md."""

from datetime import date

FIRST, LAST = date(2013, 5, 1), date(2023, 3, 8)
# Published: disputes investigated and resolved between these days.
INVESTIGATED, RESOLVED = 62_657, 61_404
# After that the demo goes on with some cases a year, of every kind; fewer, so that loading is quick.
A_YEAR_SINCE = 3_000

YEARS = {
    2013: 0.72, 2014: 0.78, 2015: 0.85, 2016: 0.90, 2017: 0.96, 2018: 1.02, 2019: 1.10,
    2020: 1.04, 2021: 1.20, 2022: 1.28, 2023: 1.34,
}  # fmt: skip
# The years of today's comparisons are the fuller ones.
YEARS_SINCE = {2023: 0.8, 2024: 0.85, 2025: 1.1}
YEARS_TO_COME = 1.7
MONTHS = (1.12, 0.72, 0.95, 1.04, 1.10, 1.12, 1.08, 1.05, 0.98, 0.96, 1.08, 1.16)
DAY_OFF = 0.1

CATEGORIES = {
    "family": 138, "neighbour": 262, "homestead": 52, "contract": 82, "business": 31, "damages": 70,
    "land": 64, "demolition": 17, "environment": 12, "wages": 55, "labour": 27, "tourism": 3,
    "e_commerce": 9, "consumer": 33, "medical": 8, "traffic": 52, "property": 58,
    "other_dispute": 47,
}  # fmt: skip
# Rare in villages, more common in streets.
URBAN_ONLY = {"property": 3.0, "e_commerce": 2.0, "consumer": 1.8, "labour": 1.8, "medical": 1.5}
RURAL_ONLY = {"land": 3.0, "homestead": 2.0, "business": 2.5, "environment": 1.5}
# Categories of later years only, with the year they begin to be heard of.
LATER = {"e_commerce": 2015}

# What agreements are about, in yuan: how many name a sum, and its mean.
AMOUNTS = {
    "family": (0.4, 6_000), "neighbour": (0.3, 900), "homestead": (0.3, 8_000),
    "contract": (0.95, 42_000), "business": (0.9, 55_000), "damages": (0.95, 14_000),
    "land": (0.5, 9_000), "demolition": (0.8, 110_000), "environment": (0.4, 3_000),
    "wages": (1.0, 31_000), "labour": (0.9, 26_000), "tourism": (0.9, 1_500),
    "e_commerce": (0.95, 900), "consumer": (0.95, 2_400), "medical": (0.95, 52_000),
    "traffic": (1.0, 36_000), "property": (0.8, 1_800), "other_dispute": (0.3, 2_000),
}  # fmt: skip

CHANNELS = {
    "window": 30, "grid_worker": 27, "phone": 12, "meeting": 9, "online": 5, "police": 7,
    "court": 5, "petitions": 3, "procuratorate": 0.5, "other": 1.5,
}  # fmt: skip
LEVELS = {"grid": 13, "village": 70.5, "township": 13, "county": 2.7, "city": 0.8}
# How much harder a matter is, by category: these climb more often.
HARD = {"demolition", "wages", "medical", "land", "labour", "contract"}
DIFFICULTY = {"simple": 24, "ordinary": 67, "complex": 9}
SCALE = {"individual": 94.6, "group": 5, "major_group": 0.4}
ENDINGS = {"refer": 62, "withdraw": 26, "decline": 12}
KINDS = {"dispute": 62, "request": 22, "hazard": 8, "incident": 2, "consultation": 6}
OTHER_CATEGORIES = {
    "request": {"livelihood": 34, "infrastructure": 28, "sanitation": 22, "welfare": 12,
                "other_request": 4},
    "hazard": {"fire": 40, "traffic_hazard": 20, "building": 16, "gas": 16, "other_hazard": 8},
    "incident": {"public_order": 50, "accident": 30, "other_incident": 20},
    "consultation": {"law_question": 52, "policy_question": 34, "other_question": 14},
}  # fmt: skip


def weight_on(day: date) -> float:
    """Return how many matters a working day brings, against another."""
    year = YEARS_SINCE.get(day.year, YEARS_TO_COME) if day > LAST else YEARS[day.year]
    return year * MONTHS[day.month - 1]


def weight_of(code: str) -> float:
    """Return how many matters a village sends, against another: streets have more people."""
    if code.startswith("62030200"):
        return 6.0
    return 2.6 if code[:9] in {"620321100", "620321101"} else 1.0
