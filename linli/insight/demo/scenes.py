"""Which open matters the demo shows today, and how far each has come.

A path is a list of steps; ``today.py`` does them. Ages are hours of office time since the matter
was registered: a working day has seven.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from linli.insight.demo.draw import Draw

PATHS: dict[str, str] = {
    "registered": "",
    "waiting": "assign",
    "returned": "assign return",
    "thrice": "assign return assign return assign return",
    "handling": "assign accept progress",
    "accepted": "assign accept",
    "suspended": "assign accept progress suspend",
    "resumed": "assign accept suspend resume progress",
    "asked": "assign accept progress extend",
    "granted": "assign accept extend grant progress progress",
    "nearly due": "assign accept extend_briefly grant progress progress",
    "denied": "assign accept extend deny",
    "helped": "assign accept assist progress",
    "pressed": "assign accept remind",
    "watched": "assign accept progress supervise",
    "handed": "assign accept hand_over progress",
    "climbed": "assign accept progress escalate",
    "above": "assign accept progress escalate accept progress",
    "office": "assign accept escalate office",
    "in_office": "assign accept escalate office accept progress",
    "county": "assign accept escalate accept progress escalate",
    "in_county": "assign accept escalate accept escalate accept progress",
    "county_office": "assign accept escalate accept escalate office accept progress",
    "city": "assign accept escalate accept escalate accept progress escalate",
    "in_city": "assign accept escalate accept escalate accept escalate accept progress",
    "resolved": "assign accept progress resolve",
    "reopened": "assign accept progress resolve reopen",
    "merged": "merge",
}
# Path → how common it is, youngest and oldest in hours of office time.
COMMON = {
    "registered": (12, 0.03, 0.15),
    "waiting": (62, 0.3, 7),
    "returned": (12, 1, 6),
    "accepted": (38, 1, 8),
    "handling": (96, 2, 11),
    "suspended": (18, 5, 40),
    "resumed": (8, 12, 40),
    "asked": (15, 5, 12),
    "granted": (20, 10, 40),
    # Two working days of the level and three more end tomorrow, or have just ended.
    "nearly due": (22, 27.5, 31),
    "denied": (3, 8, 14),
    "helped": (10, 3, 12),
    "pressed": (6, 6, 14),
    "watched": (5, 8, 20),
    "handed": (6, 4, 12),
    "climbed": (18, 3, 12),
    "above": (18, 5, 16),
    "office": (10, 3, 10),
    "in_office": (12, 6, 16),
    "county": (7, 6, 16),
    "in_county": (7, 8, 20),
    "county_office": (5, 8, 22),
    "city": (3, 10, 22),
    "in_city": (3, 12, 26),
    "resolved": (36, 4, 10),
    "reopened": (3, 10, 20),
}
# Some lie for long: their clocks have run up.
LATE = {
    "waiting": (7, 9, 20),
    "handling": (22, 16, 60),
    "above": (6, 24, 60),
    "resolved": (10, 170, 190),
}
_DESK, _VILLAGE, _NEXT = "620302003", "620302003002", "620302003001"


@dataclass(frozen=True, slots=True)
class Scene:
    """One open matter: where, how far, since when (hours of office time), by which channel."""

    area: str
    path: str
    hours: float
    channel: str = ""
    kind: str = ""

    @property
    def difficulty(self) -> str:
        """What its path asks for; blank leaves it to chance."""
        return "ordinary" if self.path == "nearly due" else ""


# What the people see who sign in by the names printed at the start.
SHOWN = (
    Scene(_VILLAGE, "waiting", 0.6, "window", "dispute"),
    Scene(_VILLAGE, "waiting", 2.0, "phone", "request"),
    Scene(_VILLAGE, "waiting", 1.2, "window", "dispute"),
    Scene(_VILLAGE, "accepted", 3.0, "window", "dispute"),
    Scene(_VILLAGE, "handling", 5.0, "window", "dispute"),
    Scene(_VILLAGE, "handling", 30.0, "window", "dispute"),
    Scene(_VILLAGE, "pressed", 12.0, "window", "dispute"),
    Scene(_VILLAGE, "granted", 20.0, "court", "dispute"),
    Scene(_VILLAGE, "nearly due", 28.0, "window", "dispute"),
    Scene(_NEXT, "nearly due", 28.2, "window", "dispute"),
    Scene(_VILLAGE, "suspended", 16.0, "window", "dispute"),
    Scene(_VILLAGE, "resolved", 9.0, "phone", "request"),
    Scene(_VILLAGE, "resolved", 172.0, "window", "dispute"),
    Scene(_VILLAGE, "asked", 9.0, "window", "dispute"),
    Scene(_VILLAGE + "001", "waiting", 0.8, "window", "hazard"),
    Scene(_VILLAGE + "001", "handling", 4.0, "grid_worker", "request"),
    Scene(_VILLAGE + "001", "accepted", 9.0, "grid_worker", "hazard"),
    Scene(_DESK, "registered", 0.05, "window", "dispute"),
    Scene(_VILLAGE, "registered", 0.1, "window", "request"),
    Scene(_NEXT, "registered", 0.14, "phone", "consultation"),
    Scene(_VILLAGE, "returned", 3.0, "window", "dispute"),
    Scene(_NEXT, "returned", 4.0, "window", "request"),
    Scene(_NEXT, "thrice", 6.0, "window", "dispute"),
    Scene(_VILLAGE, "climbed", 5.0, "window", "dispute"),
    Scene(_NEXT, "climbed", 7.0, "window", "dispute"),
    Scene(_NEXT, "above", 9.0, "window", "dispute"),
    Scene(_NEXT, "office", 5.0, "window", "dispute"),
    Scene(_NEXT, "in_office", 9.0, "window", "dispute"),
    Scene(_VILLAGE, "in_office", 12.0, "court", "dispute"),
    Scene(_VILLAGE, "merged", 3.0, "window", "dispute"),
    Scene(_VILLAGE, "county", 10.0, "window", "dispute"),
    Scene("620302001001", "in_county", 14.0, "petitions", "dispute"),
    Scene("620302004002", "asked", 10.0, "window", "dispute"),
    Scene("620302005003", "city", 16.0, "petitions", "dispute"),
    Scene("620321101003", "in_city", 22.0, "court", "dispute"),
    Scene("620302002001", "city", 18.0, "window", "request"),
)


def scenes(rng: Random, villages: Draw, others: int) -> Iterator[Scene]:
    """Yield the scenes shown to the printed people, then ``others`` all over the city."""
    yield from SHOWN
    common = {path: float(weight) for path, (weight, *_ages) in COMMON.items()}
    late = {f"late {path}": float(weight) for path, (weight, *_ages) in LATE.items()}
    draw = Draw(common | late)
    for _ in range(others):
        path = draw(rng)
        table = LATE if path.startswith("late ") else COMMON
        path = path.removeprefix("late ")
        _weight, youngest, oldest = table[path]
        yield Scene(villages(rng), path, rng.uniform(youngest, oldest))
