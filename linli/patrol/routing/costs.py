"""Ways between places, and between the end of one served edge and the start of the next."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from linli.patrol.routing.compiled import Ints
from linli.patrol.routing.instance import DEPOT, Instance

UNREACHED = 1 << 40


def ways(instance: Instance) -> Ints:
    """Return the shortest way between all vertices, (vertices, vertices); unreached: 2⁴⁰."""
    shortest: dict[tuple[int, int], int] = {}
    for edge in instance.edges:
        pair = (min(edge.start, edge.end), max(edge.start, edge.end))
        shortest[pair] = min(edge.cost, shortest.get(pair, edge.cost))
    rows, columns = zip(*shortest, strict=True)
    size = (instance.vertices, instance.vertices)
    # In a sparse matrix a cost of 0 that is written down is a way, in a dense one it is none.
    graph = csr_array((list(shortest.values()), (rows, columns)), shape=size, dtype=float)
    found = shortest_path(graph, method="D", directed=False)
    return np.where(np.isinf(found), UNREACHED, found).astype(np.int64)


def arcs(instance: Instance) -> Ints:
    """Return start and end of each arc, (2m + 2, 2): required edge e as 2e along and 2e + 1 back.

    The last two are the depot.
    """
    both = [
        pair
        for edge in instance.required
        for pair in ((edge.start, edge.end), (edge.end, edge.start))
    ]
    return np.array([*both, (DEPOT, DEPOT), (DEPOT, DEPOT)], dtype=np.int64)


def gaps(instance: Instance) -> Ints:
    """Return the ways between served edges, (m + 1, m + 1, 4); the last edge is the depot.

    The four: from the end of one edge to the start of another when both are served along, when
    only the first is, when only the second is, and when both are served back.
    """
    ends = arcs(instance)
    edges = len(ends) // 2
    found = ways(instance)[ends[:, 1][:, None], ends[:, 0][None, :]]
    found = found.reshape(edges, 2, edges, 2).transpose(0, 2, 1, 3)
    return np.ascontiguousarray(found).reshape(edges, edges, 4)
