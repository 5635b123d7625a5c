"""What is known of people who went missing, by category: a table, and where each number is from.

Distances are from the place last seen, in kilometres, as ``mu`` and ``sigma`` of their logarithm.
What no study tells (shares of movers, pauses) is an assumption and says so in ``source``.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """One category. Speeds in m/s (median, spread of the logarithm), pauses in seconds (mean) after
    so many metres (mean); ``shares`` of movers: to a known place, to some place, wandering, staying
    near, going home, by bus or car."""

    code: str
    mu: float
    sigma: float
    speed: float
    speed_spread: float
    night_speed: float
    pause_every: float
    pause: float
    stops: float
    shares: tuple[float, float, float, float, float, float]
    source: str


_PACE = (
    "walking speed of older adults: Bohannon, Age and Ageing 26 (1997), slowed as for strolling; "
    "shares of movers, pauses: assumed"
)
PROFILES = {
    one.code: one
    for one in (
        Profile(
            "dementia", -0.159, 1.652, 0.90, 0.28, 0.75, 800.0, 420.0, 0.35,
            (0.35, 0.28, 0.22, 0.05, 0.06, 0.04),
            "distances: Koester, Lost Person Behavior (2008), dementia, urban; " + _PACE,
        ),
        Profile(
            "dementia_on_foot", -0.357, 1.30, 0.85, 0.28, 0.75, 600.0, 420.0, 0.35,
            (0.28, 0.27, 0.27, 0.08, 0.08, 0.02),
            "distances: fitted to 50/80/90/95 % at 0.7/2.0/3.7/5.8 km, Gibb and Woolnough, "
            "Missing Persons, Grampian Police (2007); " + _PACE,
        ),
        Profile(
            "child", -0.69, 1.20, 1.05, 0.25, 0.8, 300.0, 480.0, 0.30,
            (0.30, 0.20, 0.25, 0.15, 0.07, 0.03),
            "assumed: no urban table at hand; nearer and with longer pauses than an adult",
        ),
        Profile(
            "disability", -0.36, 1.40, 0.95, 0.28, 0.75, 500.0, 420.0, 0.30,
            (0.30, 0.25, 0.25, 0.07, 0.07, 0.06),
            "assumed between child and dementia: no urban table at hand",
        ),
        Profile(
            "despondent", -0.36, 1.50, 1.15, 0.22, 0.9, 900.0, 900.0, 0.60,
            (0.35, 0.30, 0.15, 0.08, 0.05, 0.07),
            "assumed: no urban table at hand; goes to a place and stays there",
        ),
        Profile(
            "adult", 0.0, 1.50, 1.25, 0.20, 0.95, 900.0, 420.0, 0.30,
            (0.32, 0.30, 0.15, 0.05, 0.08, 0.10),
            "assumed: no urban table at hand",
        ),
    )
}  # fmt: skip
