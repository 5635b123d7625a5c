"""The belief: a crowd of whole walks with weights, and what a look at footage does to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from linli.missing.planning.streets import Streets
from linli.missing.planning.views import Views
from linli.missing.planning.walking import Course, Crowd, Floats, Ground, Habits, Ints, Rows, walk

# Seconds of one clip of footage.
CLIP = 300.0


class Outcome(StrEnum):
    """What a reviewer or somebody who walked a street says."""

    SEEN = "seen"
    PERHAPS = "perhaps"
    NOT_SEEN = "not_seen"


# Chances of the three words of a clip with the person in it, and of one without.
PRESENT = {Outcome.SEEN: 0.80, Outcome.PERHAPS: 0.05, Outcome.NOT_SEEN: 0.15}
ABSENT = {Outcome.SEEN: 0.003, Outcome.PERHAPS: 0.03, Outcome.NOT_SEEN: 0.967}
NOTICED = 1.0 - PRESENT[Outcome.NOT_SEEN]
# How often a camera shows nothing of use although it is listed, before anything is known of it.
DARK = 0.15
# Room for rows at first, for each person.
ROWS_EACH = 48

type Looks = Mapping[tuple[int, int], Outcome]


@dataclass(frozen=True, slots=True)
class Scene:
    """What does not change while one searches: streets, views, goals, habits, the windows' grid.

    ``origin`` is when window 0 begins, in seconds of the caller's clock.
    """

    streets: Streets
    views: Views
    ground: Ground
    habits: Habits
    origin: float

    @property
    def windows(self) -> int:
        """Return how many windows there are until now."""
        return self.habits.windows

    def clip(self, rows: Rows) -> Ints:
        """Return the numbers of the rows' clips: camera × windows + window."""
        return rows.camera.astype(np.int64) * self.windows + rows.window


@dataclass(frozen=True, slots=True)
class Walks:
    """A crowd and what it did. ``rows`` are in the order of persons; ``where`` has a stretch for
    each person and window (-1: out of the area), ``final`` the metres along the last one."""

    crowd: Crowd
    rows: Rows
    where: NDArray[np.int32]
    final: Floats

    def passing(self, camera: int, window: int) -> Ints:
        """Return the rows of those who were in a clip."""
        rows = self.rows
        return np.flatnonzero((rows.camera == camera) & (rows.window == window))


def let_walk(scene: Scene, crowd: Crowd, seed: int) -> Walks:
    """Let a crowd walk to the end of the scene."""
    size = len(crowd.time)
    room = size * ROWS_EACH
    while True:
        rows, moving = empty_rows(room), Crowd._make(part.copy() for part in crowd)
        course = Course(
            np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size, np.int64),
            np.zeros(size, np.int64),
        )  # fmt: skip
        where = np.full((size, scene.windows), -1, np.int32)
        needed = walk(scene.ground, scene.habits, moving, course, rows, where, seed)
        if needed <= room:
            return Walks(crowd, _once(scene, rows, needed), where, moving.along)
        room = needed


def _once(scene: Scene, rows: Rows, count: int) -> Rows:
    """Return the rows with each person's clip once, as it was left last: chances never exceed 1."""
    rows = Rows._make(part[:count] for part in rows)
    key = rows.person.astype(np.int64) * (scene.views.cameras * scene.windows + 1)
    _, last = np.unique((key + scene.clip(rows))[::-1], return_index=True)
    return Rows._make(part[np.sort(count - 1 - last)] for part in rows)


def empty_rows(size: int) -> Rows:
    """Return room for so many rows."""
    return Rows(
        np.zeros(size, np.int32), np.zeros(size, np.int32), np.zeros(size, np.int32),
        np.zeros(size, np.int32), np.zeros(size, np.float32), np.zeros(size, np.bool_),
        np.zeros(size, np.float32),
    )  # fmt: skip


def picked(walks: Walks, persons: Ints) -> Walks:
    """Return the walks of some persons, in the order given; one may be there several times."""
    first = np.searchsorted(walks.rows.person, np.arange(len(walks.final) + 1))
    counts = np.diff(first)[persons]
    begin = np.cumsum(counts) - counts
    source = np.arange(counts.sum()) - np.repeat(begin - first[persons], counts)
    rows = Rows._make(part[source] for part in walks.rows)
    rows = rows._replace(person=np.repeat(np.arange(len(persons)), counts).astype(np.int32))
    crowd = Crowd._make(part[persons] for part in walks.crowd)
    return Walks(crowd, rows, walks.where[persons], walks.final[persons])


def joined(one: Walks, other: Walks) -> Walks:
    """Put two crowds behind one another."""
    behind = other.rows._replace(person=other.rows.person + np.int32(len(one.final)))
    return Walks(
        Crowd._make(np.concatenate(pair) for pair in zip(one.crowd, other.crowd, strict=True)),
        Rows._make(np.concatenate(pair) for pair in zip(one.rows, behind, strict=True)),
        np.concatenate((one.where, other.where)),
        np.concatenate((one.final, other.final)),
    )


def crowds(parts: Sequence[Crowd]) -> Crowd:
    """Put crowds that have not walked yet behind one another."""
    return Crowd._make(np.concatenate(columns) for columns in zip(*parts, strict=True))


def even(weights: Floats, count: int, rng: np.random.Generator) -> Ints:
    """Draw ``count`` persons by their weights, as evenly as can be."""
    edges = np.cumsum(weights)
    points = (rng.random() + np.arange(count)) / count * edges[-1]
    found = np.searchsorted(edges, points, side="right")
    return np.asarray(np.minimum(found, len(weights) - 1), np.int64)


def judged(rows: Rows, size: int, looks: Looks) -> tuple[Floats, Floats]:
    """Return each row's chance that its clip shows its person, and each person's likelihood.

    The likelihood is relative to that of a person who was nowhere in view. A camera may be dark, and
    its clips are judged together: a second empty clip of it says less than the first of another.
    """
    shown = np.full(len(rows.person), (1.0 - DARK) * NOTICED)
    likely = np.ones(size)
    for camera in sorted({camera for camera, _ in looks}):
        mine = np.flatnonzero(rows.camera == camera)
        alive = np.full(size, 1.0 - DARK)
        windows = rows.window[mine]
        for (of, window), outcome in looks.items():
            if of == camera:
                alive[rows.person[mine[windows == window]]] *= PRESENT[outcome] / ABSENT[outcome]
        likely *= alive + DARK
        shown[mine] = (alive / (alive + DARK))[rows.person[mine]] * NOTICED
    return shown, likely
