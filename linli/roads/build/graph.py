"""The network: junctions, the stretches of road between them, and their matrices for scipy.

A stretch is what lies between two junctions. Its line is kept in pieces of at most :data:`PIECE`
metres, so that the nearest piece's end leads to the nearest stretch. Everything lies in flat arrays,
a file each, that processes map into memory and share.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from linli.kernel.earth import EARTH
from linli.roads.build.reading import DamagedError, Roads
from linli.roads.modes import MODES

PIECE = 100.0

type Floats = NDArray[np.float64]
type Numbers = NDArray[np.int64]


def build_graph(roads: Roads, directory: Path) -> dict[str, int]:
    """Write the network of ``roads`` into ``directory``; return what is in it.

    Raises :class:`DamagedError` when nothing in it can be driven, cycled or walked.
    """
    if not roads.first:
        raise DamagedError("there is no road in it")
    directory.mkdir()
    longitudes, latitudes = np.asarray(roads.longitudes), np.asarray(roads.latitudes)
    way = np.repeat(np.arange(len(roads.first)), np.diff([*roads.first, len(roads.nodes)]))
    begins, ends, junction_of, junctions = _stretches(np.asarray(roads.nodes), way)
    steps = _lengths(longitudes, latitudes)
    steps[way[:-1] != way[1:]] = 0.0
    along = np.concatenate(([0.0], np.cumsum(steps)))
    lengths = np.maximum(along[ends] - along[begins], 0.1)
    speeds = np.asarray(roads.speeds).reshape(-1, 6)[way[begins]]
    arrays = {
        "start": junction_of[begins].astype(np.int32),
        "end": junction_of[ends].astype(np.int32),
        "length": lengths,
        "speeds": speeds.astype(np.float32),
        "kind": np.asarray(roads.kinds)[way[begins]],
        "way": way[begins].astype(np.int32),
        "junction_longitude": longitudes[junctions],
        "junction_latitude": latitudes[junctions],
    }
    arrays |= _pieces(begins, ends, along, longitudes, latitudes)
    for number, mode in enumerate(MODES):
        arrays |= _matrices(mode, arrays, speeds[:, 2 * number], speeds[:, 2 * number + 1])
    if not any(arrays[f"{mode}_usable"].any() for mode in MODES):
        raise DamagedError("there is no road in it that leads anywhere")
    for name, values in arrays.items():
        np.save(directory / f"{name}.npy", values, allow_pickle=False)
    (directory / "names.txt").write_text("\n".join(roads.names), encoding="utf-8")
    return {"junctions": len(junctions), "stretches": len(begins)}


def _stretches(nodes: Numbers, way: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return where stretches begin and end, each position's junction (or -1), and one of each."""
    _, where, back, counts = np.unique(
        nodes, return_index=True, return_inverse=True, return_counts=True
    )
    edge_of_way = np.ones(len(nodes), bool)
    edge_of_way[1:-1] = (way[1:-1] != way[:-2]) | (way[1:-1] != way[2:])
    is_junction = counts > 1
    is_junction[back[edge_of_way]] = True
    numbers = np.where(is_junction, np.cumsum(is_junction) - 1, -1)
    stops = np.flatnonzero(is_junction[back])
    same = way[stops[:-1]] == way[stops[1:]]
    return stops[:-1][same], stops[1:][same], numbers[back], where[is_junction]


def _lengths(longitudes: Floats, latitudes: Floats) -> Floats:
    """Return metres from each point to the next; good to a thousandth for neighbours."""
    middle = np.radians((latitudes[1:] + latitudes[:-1]) / 2)
    east = np.radians(np.diff(longitudes)) * np.cos(middle)
    metres: Floats = EARTH * np.hypot(east, np.radians(np.diff(latitudes)))
    return metres


def _pieces(
    begins: Numbers, ends: Numbers, along: Floats, longitudes: Floats, latitudes: Floats
) -> dict[str, NDArray[Any]]:
    """Return the points of all stretches, with points put in where a line is long and straight."""
    counts = ends - begins + 1
    stretch = np.repeat(np.arange(len(begins)), counts)
    offsets = np.cumsum(counts) - counts
    at = np.arange(counts.sum()) - np.repeat(offsets - begins, counts)
    following = np.minimum(at + 1, len(along) - 1)
    last = at == ends[stretch]
    length = np.where(last, 0.0, along[following] - along[at])
    parts = np.maximum(1, np.ceil(length / PIECE)).astype(np.int64)
    of = np.repeat(np.arange(len(at)), parts)
    step = np.arange(parts.sum()) - np.repeat(np.cumsum(parts) - parts, parts)
    share = step / parts[of]

    def between(values: Floats) -> Floats:
        put: Floats = values[at[of]] + (values[following[of]] - values[at[of]]) * share
        return put

    points = stretch[of]
    return {
        "piece_longitude": between(longitudes),
        "piece_latitude": between(latitudes),
        "piece_along": (between(along) - along[begins[points]]).astype(np.float32),
        "piece_stretch": points.astype(np.int32),
        "piece_first": np.searchsorted(points, np.arange(len(begins) + 1)),
    }


def _matrices(
    mode: str, arrays: dict[str, NDArray[Any]], there: Floats, back: Floats
) -> dict[str, NDArray[Any]]:
    """Return the mode's rows of seconds, there and turned round, and which stretches it uses.

    Parallel stretches stay apart (dijkstra takes the better), so that one can be closed by itself.
    """
    start, end, length = arrays["start"], arrays["end"], arrays["length"]
    goes, returns = np.flatnonzero(there > 0), np.flatnonzero(back > 0)
    tails = np.concatenate((start[goes], end[returns]))
    heads = np.concatenate((end[goes], start[returns]))
    stretch = np.concatenate((goes, returns)).astype(np.int32)
    seconds = np.concatenate((length[goes] / there[goes], length[returns] / back[returns]))
    size = len(arrays["junction_longitude"])
    matrix = csr_matrix((seconds, (tails, heads)), (size, size))
    _, part = connected_components(matrix, connection="strong")
    main = part == np.bincount(part).argmax()
    usable = ((there > 0) | (back > 0)) & main[start] & main[end]
    found = {f"{mode}_usable": usable}
    for word, rows, columns in (("from", tails, heads), ("to", heads, tails)):
        order = np.argsort(rows, kind="stable")
        found |= {
            f"{mode}_{word}_first": np.searchsorted(rows[order], np.arange(size + 1)).astype(
                np.int32
            ),
            f"{mode}_{word}_next": columns[order],
            f"{mode}_{word}_seconds": seconds[order],
            f"{mode}_{word}_stretch": stretch[order],
        }
    return found


def extent(roads: Roads) -> tuple[float, float, float, float]:
    """Return west, south, east and north of all roads, in degrees."""
    longitudes, latitudes = np.asarray(roads.longitudes), np.asarray(roads.latitudes)
    return (
        float(longitudes.min()), float(latitudes.min()),
        float(longitudes.max()), float(latitudes.max()),
    )  # fmt: skip
