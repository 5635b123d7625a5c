"""What is compiled of the matching: junctions near each other, and the likeliest way of a track.

A hidden Markov model after Newson and Krumm (2009): a position is the likelier on a stretch the
nearer it is, and a step the likelier the more alike its length on the roads and in the air are.
"""

import numpy as np

from linli.patrol.routing.compiled import Floats, Ints, entry, inner

FAR = 1e18


@entry
def near_junctions(
    rows: Ints, heads: Ints, metres: Floats, reach: float
) -> tuple[Ints, Ints, Floats]:
    """Return the junctions within ``reach`` metres of each, as rows, and how far they are."""
    size = len(rows) - 1
    first, found = np.zeros(size + 1, np.int64), np.empty(size, np.int64)
    others, apart = np.empty(16 * size + 16, np.int64), np.empty(16 * size + 16, np.float64)
    best, used = np.full(size, FAR), 0
    for source in range(size):
        # So few are near that looking for the next in a list is quicker than keeping a heap.
        count, done = 1, 0
        found[0] = source
        best[source] = 0.0
        while done < count:
            least = done
            for at in range(done + 1, count):
                if best[found[at]] < best[found[least]]:
                    least = at
            found[done], found[least] = found[least], found[done]
            here = found[done]
            done += 1
            for edge in range(rows[here], rows[here + 1]):
                there = best[here] + metres[edge]
                head = heads[edge]
                if there <= reach and there < best[head]:
                    if best[head] == FAR:
                        found[count] = head
                        count += 1
                    best[head] = there
        if used + count > len(others):
            more = len(others) + count
            others = np.append(others, np.empty(more, np.int64))
            apart = np.append(apart, np.empty(more, np.float64))
        for at in range(count):
            others[used + at] = found[at]
            apart[used + at] = best[found[at]]
            best[found[at]] = FAR
        used += count
        first[source + 1] = used
    return first, others[:used].copy(), apart[:used].copy()


@inner
def between(one: int, other: int, first: Ints, others: Ints, metres: Floats) -> float:
    """Return the metres from one junction to another; far where it is out of reach."""
    for at in range(first[one], first[one + 1]):
        if others[at] == other:
            return metres[at]
    return FAR


@inner
def put_on(
    px: float, py: float, at: int, x: Floats, y: Floats, along: Floats, stretch: Ints
) -> tuple[float, float]:
    """Return how far a position is off a stretch near its point ``at``, and how far along it."""
    off, where = FAR, 0.0
    for side in (at - 1, at):
        other = side + 1
        if side < 0 or other >= len(x) or stretch[side] != stretch[other]:
            continue
        dx, dy = x[other] - x[side], y[other] - y[side]
        square = max(dx * dx + dy * dy, 1e-9)
        share = ((px - x[side]) * dx + (py - y[side]) * dy) / square
        share = min(1.0, max(0.0, share))
        apart = np.hypot(px - x[side] - dx * share, py - y[side] - dy * share)
        if apart < off:
            off, where = apart, along[side] + (along[other] - along[side]) * share
    if off == FAR:  # a stretch of one point
        off, where = np.hypot(px - x[at], py - y[at]), along[at]
    return off, where


@entry
def candidates(
    px: Floats,
    py: Floats,
    near: Ints,
    x: Floats,
    y: Floats,
    along: Floats,
    stretch: Ints,
    most: int,
) -> tuple[Ints, Floats, Floats]:
    """Return for each position up to ``most`` stretches (-1: no more), metres off and along each."""
    size, asked = near.shape
    found = np.full((size, most), -1, np.int64)
    off = np.full((size, most), FAR)
    where = np.zeros((size, most))
    for row in range(size):
        count = 0
        for column in range(asked):
            at = near[row, column]
            if at >= len(x):
                break
            known = -1
            for one in range(count):
                if found[row, one] == stretch[at]:
                    known = one
            if known < 0 and count == most:
                continue
            apart, metres = put_on(px[row], py[row], at, x, y, along, stretch)
            if known < 0:
                known = count
                count += 1
                found[row, known] = stretch[at]
            if apart < off[row, known]:
                off[row, known], where[row, known] = apart, metres
    return found, off, where


@inner
def step_length(
    one: int, along_one: float, other: int, along_other: float,
    start: Ints, end: Ints, length: Floats, first: Ints, others: Ints, metres: Floats,
) -> float:  # fmt: skip
    """Return the metres on the roads between two places on stretches; far where out of reach."""
    if one == other:
        return abs(along_other - along_one)
    best = FAR
    for leave in range(2):
        out = along_one if leave == 0 else length[one] - along_one
        from_ = start[one] if leave == 0 else end[one]
        for enter in range(2):
            into = along_other if enter == 0 else length[other] - along_other
            to = start[other] if enter == 0 else end[other]
            way = out + between(from_, to, first, others, metres) + into
            best = min(best, way)
    return best


@entry
def likeliest(
    px: Floats, py: Floats, seconds: Floats, found: Ints, off: Floats, where: Floats,
    start: Ints, end: Ints, length: Floats, first: Ints, others: Ints, metres: Floats,
    noise: float, slack: float, gap: float,
) -> tuple[Ints, Ints]:  # fmt: skip
    """Return for each position the stretch it most likely was on, and whether it begins anew.

    ``noise``: metres a position is off, usually; ``slack``: how much a step on the roads may be
    longer than in the air; ``gap``: seconds after which nothing is known of the way between. The
    first array holds columns of ``found``, -1 where no road is near.
    """
    size, most = found.shape
    price = np.full((size, most), FAR)
    came = np.full((size, most), -1, np.int64)
    fresh = np.zeros(size, np.int64)
    before = -1
    for row in range(size):
        if found[row, 0] < 0:
            continue
        linked = False
        if before >= 0 and seconds[row] - seconds[before] <= gap:
            air = np.hypot(px[row] - px[before], py[row] - py[before])
            for here in range(most):
                if found[row, here] < 0:
                    break
                own = 0.5 * (off[row, here] / noise) ** 2
                for there in range(most):
                    if found[before, there] < 0:
                        break
                    way = step_length(
                        found[before, there], where[before, there], found[row, here],
                        where[row, here], start, end, length, first, others, metres,
                    )  # fmt: skip
                    if way >= FAR:
                        continue
                    total = price[before, there] + own + abs(way - air) / slack
                    if total < price[row, here]:
                        price[row, here], came[row, here] = total, there
                        linked = True
        if not linked:
            fresh[row] = 1
            for here in range(most):
                if found[row, here] >= 0:
                    price[row, here] = 0.5 * (off[row, here] / noise) ** 2
        before = row
    return _followed(found, price, came, fresh), fresh


@inner
def _followed(found: Ints, price: Floats, came: Ints, fresh: Ints) -> Ints:
    """Go back from the cheapest end of each piece of the track."""
    size = len(found)
    chosen = np.full(size, -1, np.int64)
    wanted = -1
    for row in range(size - 1, -1, -1):
        if found[row, 0] < 0:
            continue
        if wanted < 0:
            wanted = int(np.argmin(price[row]))
        chosen[row] = wanted
        wanted = -1 if fresh[row] else came[row, wanted]
    return chosen
