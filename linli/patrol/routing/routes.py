"""What the local search works on: arrays only, so that compiled code takes them as they are."""

from typing import NamedTuple

import numpy as np

from linli.patrol.routing.compiled import Ints


class Ground(NamedTuple):
    """What a search never changes; m required edges, edge m stands for the depot."""

    gaps: Ints  # (m + 1, m + 1, 4): way from edge to edge, by direction of one (×2) and the other
    demand: Ints  # (m + 1)
    near: Ints  # (m, n): for each edge those it may be put beside, nearest first
    apart: Ints  # (m, n): how far those are, with the best directions
    capacity: int


class Routes(NamedTuple):
    """The k routes being changed; positions run from 0 (depot) to length + 1 (depot)."""

    stops: Ints  # (k, m + 2): edge at each position
    length: Ints  # (k): edges served
    carried: Ints  # (k, m + 2): demand up to and with a position
    table: Ints  # (k, m + 2, m + 2, 4): stretch i..j by direction of first (×2) and last edge
    route_of: Ints  # (m)
    place_of: Ints  # (m)
    reach: Ints  # (m): the longer one of the ways before and after an edge


def empty_routes(vehicles: int, edges: int) -> Routes:
    """Return ``vehicles`` routes over ``edges`` edges with room for all, to be filled."""

    def zeros(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    return Routes(
        stops=zeros(vehicles, edges + 2),
        length=zeros(vehicles),
        carried=zeros(vehicles, edges + 2),
        table=zeros(vehicles, edges + 2, edges + 2, 4),
        route_of=zeros(edges),
        place_of=zeros(edges),
        reach=zeros(edges),
    )
