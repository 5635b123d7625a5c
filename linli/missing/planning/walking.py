"""Walking: what a crowd of imagined persons does from one place and time on, in machine code.

Each goes to a goal (rather directly), wanders (rather straight on), pauses now and then, and when
that is done stops, turns back, or goes on. What is written down is who is in which camera's view in
which window of time, and where each is at the end of each window. A cached function does not notice
when one it calls has changed in another file: all that is compiled lies here.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linli.missing.planning.compiled import entry, inner

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

GOAL, WANDER, REST, RIDE = 0, 1, 2, 3
# How many of one's last rows are looked at for being the same clip.
RECENT = 8
NEARLY = 1e-6
# By bus or car: how long one waits, and metres a second as the crow walks.
WAIT, RIDES = 600.0, 6.0


class Ground(NamedTuple):
    """Streets, views and the goals' distances as plain arrays; see :class:`Streets`, :class:`Views`.

    ``metres`` has a row a goal: metres on foot from each junction. Row 0 is the way back, row 1 home;
    from ``hubs`` on they are places anybody may go to. ``goal_at`` tells each goal's junction.
    """

    first: Ints
    to: Ints
    stretch: Ints
    forward: NDArray[np.bool_]
    east: Floats
    north: Floats
    start: Ints
    end: Ints
    length: Floats
    view_first: Ints
    view_camera: Ints
    view_low: Floats
    view_high: Floats
    metres: NDArray[np.float32]
    goal_at: Ints
    hubs: int


class Habits(NamedTuple):
    """How they go on: metres between pauses, seconds of one, shares of what follows an arrival,
    metres one roams, how much one prefers going straight; then the grid: seconds of a window, how
    many, and when all ends."""

    pause_every: float
    pause: float
    stops: float
    returns: float
    goes_on: float
    roam: float
    straight: float
    clip: float
    windows: int
    until: float


class Crowd(NamedTuple):
    """One row a person: where and since when, what they do and where to, how fast (m/s), how far
    they still wander, and how many metres of detour they take for nothing."""

    stretch: Ints
    along: Floats
    forward: NDArray[np.bool_]
    time: Floats
    mode: Ints
    goal: Ints
    speed: Floats
    budget: Floats
    stray: Floats


class Course(NamedTuple):
    """How each goes besides: direction, metres to the next pause, the window reached, rows so far."""

    east: Floats
    north: Floats
    pause: Floats
    window: Ints
    first_row: Ints


class Rows(NamedTuple):
    """Who was in which clip: person, camera, window, and how they left the view."""

    person: NDArray[np.int32]
    camera: NDArray[np.int32]
    window: NDArray[np.int32]
    stretch: NDArray[np.int32]
    along: NDArray[np.float32]
    forward: NDArray[np.bool_]
    time: NDArray[np.float32]


@inner
def _row(rows: Rows, begin: int, count: int, camera: int, window: int) -> int:
    """Return which of a person's last rows is this clip's; ``count`` for none of them."""
    for row in range(count - 1, max(begin, count - RECENT) - 1, -1):
        if row < len(rows.person) and rows.camera[row] == camera and rows.window[row] == window:
            return row
    return count


@inner
def _note(
    ground: Ground, habits: Habits, crowd: Crowd, course: Course, rows: Rows, count: int,
    person: int, ahead: float, until: float,
) -> int:  # fmt: skip
    """Write down who sees a person on the way ahead or standing; return how many rows there are."""
    stretch, forward = crowd.stretch[person], crowd.forward[person]
    one, since = crowd.along[person], crowd.time[person]
    low, high = min(one, ahead), max(one, ahead)
    for view in range(ground.view_first[stretch], ground.view_first[stretch + 1]):
        a, b = max(low, ground.view_low[view]), min(high, ground.view_high[view])
        if a > b:
            continue
        enter, leave = since, until
        if high > low:
            pace = (until - since) / (high - low)
            enter = since + pace * abs((a if forward else b) - one)
            leave = since + pace * abs((b if forward else a) - one)
        camera = ground.view_camera[view]
        last = min(habits.windows - 1, int(np.floor(leave / habits.clip)))
        for window in range(max(0, int(np.floor(enter / habits.clip))), last + 1):
            row = _row(rows, course.first_row[person], count, camera, window)
            count = max(count, row + 1)
            if row < len(rows.person):
                rows.person[row], rows.camera[row], rows.window[row] = person, camera, window
                rows.stretch[row], rows.forward[row] = stretch, forward
                rows.along[row] = b if forward else a
                rows.time[row] = min(leave, (window + 1) * habits.clip)
    return count


@inner
def _pass_time(
    habits: Habits, crowd: Crowd, course: Course, where: NDArray[np.int32], person: int,
    until: float, place: int,
) -> None:  # fmt: skip
    """Let time go by and note the place at the end of each window that ends meanwhile."""
    window = course.window[person]
    while window < habits.windows and (window + 1) * habits.clip <= until:
        where[person, window] = place
        window += 1
    course.window[person] = window
    crowd.time[person] = until


@inner
def _hub(ground: Ground, junction: int) -> int:
    """Choose a place to go to: the nearest of three at random, so that near ones come oftener."""
    best, least = ground.hubs, np.inf
    for _ in range(3):
        one = np.random.randint(ground.hubs, len(ground.goal_at))
        if ground.metres[one, junction] < least and ground.goal_at[one] != junction:
            best, least = one, ground.metres[one, junction]
    return best


@inner
def _arrive(ground: Ground, habits: Habits, crowd: Crowd, person: int, junction: int) -> float:
    """Decide what comes after a goal or the end of wandering; return how long one rests before."""
    if np.random.random() < habits.stops:
        crowd.mode[person] = REST
        return np.inf
    luck = np.random.random()
    crowd.mode[person] = GOAL
    if luck < habits.returns:
        crowd.goal[person] = int(np.random.random() < 0.5)
    elif luck < habits.returns + habits.goes_on:
        crowd.goal[person] = _hub(ground, junction)
    else:
        crowd.mode[person] = WANDER
        crowd.budget[person] = np.random.exponential(habits.roam) + 20.0
    return np.random.exponential(habits.pause) * 1.5


@inner
def _turn(ground: Ground, habits: Habits, crowd: Crowd, course: Course, person: int, junction: int) -> None:  # fmt: skip  # noqa: E501
    """Choose the way on from a junction."""
    came, mode, goal = crowd.stretch[person], crowd.mode[person], crowd.goal[person]
    total, chosen = 0.0, ground.first[junction]
    for way in range(ground.first[junction], ground.first[junction + 1]):
        back = ground.stretch[way] == came
        if mode == GOAL:
            nearer = ground.metres[goal, junction] - ground.metres[goal, ground.to[way]]
            detour = max(0.0, ground.length[ground.stretch[way]] - nearer)
            weight = np.exp(-detour / crowd.stray[person]) * (0.3 if back else 1.0)
        else:
            ahead = (
                course.east[person] * ground.east[way] + course.north[person] * ground.north[way]
            )
            weight = np.exp(habits.straight * ahead) * (0.1 if back else 1.0)
        total += max(weight, 1e-12)
        if np.random.random() * total < max(weight, 1e-12):
            chosen = way
    forward = ground.forward[chosen]
    crowd.stretch[person], crowd.forward[person] = ground.stretch[chosen], forward
    crowd.along[person] = 0.0 if forward else ground.length[ground.stretch[chosen]]
    course.east[person], course.north[person] = ground.east[chosen], ground.north[chosen]


@inner
def _ride(
    ground: Ground, habits: Habits, crowd: Crowd, course: Course, where: NDArray[np.int32],
    person: int, junction: int,
) -> int:  # fmt: skip
    """Go by bus or car, seen by nobody; return the junction from which one is on foot again."""
    goal = np.random.randint(ground.hubs, len(ground.goal_at))
    until = crowd.time[person] + WAIT + min(ground.metres[goal, junction], 1e5) / RIDES
    _pass_time(habits, crowd, course, where, person, min(until, habits.until), -1)
    crowd.mode[person] = WANDER
    crowd.budget[person] = np.random.exponential(habits.roam) * 2.0 + 20.0
    crowd.stretch[person] = -1
    return int(ground.goal_at[goal])


@inner
def _begin(ground: Ground, habits: Habits, crowd: Crowd, course: Course, person: int) -> None:
    """Look the way one stands, and draw when one pauses first."""
    stretch = crowd.stretch[person]
    junction = ground.start[stretch]
    for way in range(ground.first[junction], ground.first[junction + 1]):
        if ground.stretch[way] == stretch and ground.forward[way]:
            sign = 1.0 if crowd.forward[person] else -1.0
            course.east[person] = sign * ground.east[way]
            course.north[person] = sign * ground.north[way]
    course.pause[person] = np.random.exponential(habits.pause_every)
    course.window[person] = max(0, int(np.floor(crowd.time[person] / habits.clip)))


@inner
def _step(
    ground: Ground, habits: Habits, crowd: Crowd, course: Course, rows: Rows,
    where: NDArray[np.int32], count: int, person: int,
) -> tuple[int, float]:  # fmt: skip
    """Go on to the next junction, pause or end; return how many rows there are, and the rest taken."""
    stretch, forward = crowd.stretch[person], crowd.forward[person]
    now, speed, along = crowd.time[person], crowd.speed[person], crowd.along[person]
    rest = ground.length[stretch] - along if forward else along
    metres = min(rest, course.pause[person], (habits.until - now) * speed)
    if crowd.mode[person] == WANDER:
        metres = min(metres, crowd.budget[person])
    ahead = along + metres if forward else along - metres
    until = now + metres / speed
    count = _note(ground, habits, crowd, course, rows, count, person, ahead, until)
    _pass_time(habits, crowd, course, where, person, until, stretch)
    crowd.along[person] = ahead
    course.pause[person] -= metres
    crowd.budget[person] -= metres
    resting = 0.0
    if course.pause[person] <= NEARLY:
        resting = np.random.exponential(habits.pause)
        course.pause[person] = np.random.exponential(habits.pause_every) + 1.0
    junction, mode = ground.end[stretch] if forward else ground.start[stretch], crowd.mode[person]
    there = metres >= rest - NEARLY and ground.metres[crowd.goal[person], junction] < 1.0
    if (mode == GOAL and there) or (mode == WANDER and crowd.budget[person] <= NEARLY):
        resting += _arrive(ground, habits, crowd, person, junction)
    return count, resting


@entry
def walk(
    ground: Ground, habits: Habits, crowd: Crowd, course: Course, rows: Rows,
    where: NDArray[np.int32], seed: int,
) -> int:  # fmt: skip
    """Let the crowd walk to the end; return how many rows there are, or would be if they had room.

    Windows begin at second 0. ``where`` (person × window) gets the stretch at the end of each window,
    -1 for out of sight; ``crowd`` ends as it stands then.
    """
    np.random.seed(seed)
    count = 0
    for person in range(len(crowd.time)):
        course.first_row[person] = count
        _begin(ground, habits, crowd, course, person)
        while crowd.time[person] < habits.until:
            resting = np.inf
            if crowd.mode[person] != REST:
                count, resting = _step(ground, habits, crowd, course, rows, where, count, person)
            stretch, forward = crowd.stretch[person], crowd.forward[person]
            if resting > 0.0:
                until = min(habits.until, crowd.time[person] + resting)
                along = crowd.along[person]
                count = _note(ground, habits, crowd, course, rows, count, person, along, until)
                _pass_time(habits, crowd, course, where, person, until, stretch)
            along = crowd.along[person]
            rest = ground.length[stretch] - along if forward else along
            if crowd.time[person] >= habits.until or crowd.mode[person] == REST or rest > NEARLY:
                continue
            junction = ground.end[stretch] if forward else ground.start[stretch]
            if crowd.mode[person] == RIDE:
                junction = _ride(ground, habits, crowd, course, where, person, junction)
            if crowd.time[person] < habits.until:
                _turn(ground, habits, crowd, course, person, junction)
        while course.window[person] < habits.windows:
            where[person, course.window[person]] = crowd.stretch[person]
            course.window[person] += 1
    return count
