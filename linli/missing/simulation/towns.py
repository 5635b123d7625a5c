"""Made-up networks to tune on, and where cameras hang in a network."""

from itertools import pairwise

import numpy as np
from scipy.spatial import Delaunay, KDTree

from linli.missing.planning.streets import Floats, Streets
from linli.missing.planning.views import Camera

KINDS = ("blocks", "grown", "valley")
# Within so many metres one counts how built-up a place is.
NEAR = 400.0


def draw(kind: str, seed: int) -> Streets:
    """Draw a network: ``blocks`` (a planned town), ``grown`` (an old one), ``valley`` (villages on
    a road). The same seed draws the same."""
    rng = np.random.default_rng((KINDS.index(kind), seed))
    if kind == "blocks":
        return _blocks(rng, 45, 45, (0.0, 0.0))
    if kind == "grown":
        return _grown(rng, 2700, 7200.0)
    return _valley(rng)


def _whole(x: Floats, y: Floats, pairs: set[tuple[int, int]]) -> Streets:
    """Keep the largest part that hangs together."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    rows = np.asarray(sorted(pairs))
    matrix = csr_matrix((np.ones(len(rows)), rows.T), (len(x), len(x)))
    _, part = connected_components(matrix, directed=False)
    main = part == np.bincount(part).argmax()
    number = np.cumsum(main) - 1
    kept = [(int(number[a]), int(number[b])) for a, b in rows if main[a] and main[b]]
    return Streets.of(x[main].tolist(), y[main].tolist(), kept)


def _blocks(rng: np.random.Generator, wide: int, deep: int, corner: tuple[float, float]) -> Streets:
    x, y, pairs = _grid(rng, wide, deep, corner, 0)
    return _whole(x, y, pairs)


def _grid(
    rng: np.random.Generator, wide: int, deep: int, corner: tuple[float, float], before: int
) -> tuple[Floats, Floats, set[tuple[int, int]]]:
    across = np.cumsum(rng.uniform(80, 220, wide)) + corner[0]
    up = np.cumsum(rng.uniform(80, 220, deep)) + corner[1]
    x = np.repeat(across, deep) + rng.normal(0, 12, wide * deep)
    y = np.tile(up, wide) + rng.normal(0, 12, wide * deep)
    pairs = set()
    for i in range(wide):
        for j in range(deep):
            one = before + i * deep + j
            if i + 1 < wide and (rng.random() > 0.18 or j % 6 == 0):
                pairs.add((one, one + deep))
            if j + 1 < deep and (rng.random() > 0.18 or i % 6 == 0):
                pairs.add((one, one + 1))
    return x, y, pairs


def _grown(rng: np.random.Generator, size: int, wide: float) -> Streets:
    middle = rng.normal(0, wide / 4, (size * 2 // 3, 2))
    spread = rng.uniform(-wide / 2, wide / 2, (size // 3, 2))
    place = np.vstack((middle, spread))
    keep: list[int] = []
    for number, one in enumerate(place):
        if not keep or np.min(np.hypot(*(place[keep] - one).T)) > 55:
            keep.append(number)
    place = place[keep]
    return _whole(place[:, 0], place[:, 1], _neighbours(rng, place, 0.25))


def _neighbours(rng: np.random.Generator, place: Floats, dropped: float) -> set[tuple[int, int]]:
    """Join neighbours between whom nobody else is nearer to both; drop some, add some."""
    tree, pairs = KDTree(place), set()
    edges = {
        tuple(sorted((int(a), int(b))))
        for t in Delaunay(place).simplices
        for a, b in ((t[0], t[1]), (t[1], t[2]), (t[2], t[0]))
    }
    for a, b in sorted(edges):
        apart = float(np.hypot(*(place[a] - place[b])))
        middle = (place[a] + place[b]) / 2
        alone = len(tree.query_ball_point(middle, apart / 2 * 0.98)) == 0
        if (alone and rng.random() > dropped * 0.6) or (not alone and rng.random() < 0.06):
            pairs.add((a, b))
    return pairs


def _valley(rng: np.random.Generator) -> Streets:
    xs, ys, pairs = [], [], set()
    size = 0
    gates: list[int] = []
    at = np.zeros(2)
    for _ in range(22):
        wide, deep = int(rng.integers(4, 14)), int(rng.integers(3, 12))
        x, y, more = _grid(rng, wide, deep, (at[0], at[1]), size)
        xs.append(x)
        ys.append(y)
        pairs |= more
        gates.append(size + int(rng.integers(0, wide * deep)))
        size += wide * deep
        at = at + np.asarray((x.max() - x.min() + rng.uniform(500, 2500), rng.normal(0, 1200)))
    x, y = np.concatenate(xs), np.concatenate(ys)
    for one, other in pairwise(gates):
        pairs.add((one, other))
    for _ in range(len(gates) // 2):
        a, b = rng.choice(len(gates) - 2) + np.asarray((0, 2))
        pairs.add((gates[a], gates[b]))
    return _whole(x, y, pairs)


def hang(streets: Streets, count: int, rng: np.random.Generator) -> list[Camera]:
    """Hang cameras at junctions, oftener where it is built-up: half see all round, half one way."""
    built_up = density(streets)
    ways = np.diff(streets.rows[0])
    chance = built_up * np.where(ways >= 3, 1.0, 0.25)
    chosen = rng.choice(len(ways), min(count, len(ways)), replace=False, p=chance / chance.sum())
    found = []
    first = streets.rows[0]
    east, north = streets.headings
    for junction in chosen:
        x, y = float(streets.x[junction]), float(streets.y[junction])
        if rng.random() < 0.5:
            found.append(Camera(x, y, 0.0, 360.0, 40.0))
            continue
        way = rng.integers(first[junction], first[junction + 1])
        heading = float(np.degrees(np.arctan2(east[way], north[way])))
        found.append(Camera(x, y, heading, 90.0, 70.0))
    return found


def density(streets: Streets) -> Floats:
    """Return for each junction how many are near it."""
    place = np.column_stack((streets.x, streets.y))
    tree = KDTree(place)
    return np.asarray(tree.query_ball_point(place, NEAR, return_length=True), float)
