"""Extracts for tests: the real one of a small country, and little ones drawn by hand."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import osmium
import pytest
from django.conf import settings
from osmium.osm.mutable import Node, Way

ANDORRA = Path(settings.REPOSITORY).parent / "shared/data/andorra.osm.pbf"
needs_andorra = pytest.mark.skipif(
    not ANDORRA.exists(), reason="the extract of Andorra is not here"
)

# A street of three junctions 0.01° apart, west to east, and a one-way detour in the north:
#        4 → 5
#        ↑   ↓
#    1 ─ 2 ─ 3 ─ 6
POINTS = {
    1: (102.18, 38.50), 2: (102.19, 38.50), 3: (102.20, 38.50), 6: (102.21, 38.50),
    4: (102.19, 38.51), 5: (102.20, 38.51),
}  # fmt: skip
STREET = {"highway": "residential", "name": "龙门路", "maxspeed": "50"}
WAYS: tuple[tuple[tuple[int, ...], Mapping[str, str]], ...] = (
    ((1, 2), STREET),
    ((2, 3), STREET),
    ((3, 6), STREET),
    ((2, 4, 5, 3), {"highway": "tertiary", "oneway": "yes", "name": "环城路", "maxspeed": "50"}),
)


def write(
    file: Path,
    ways: Iterable[tuple[tuple[int, ...], Mapping[str, str]]] = WAYS,
    points: Mapping[int, tuple[float, float]] = POINTS,
    tagged: Iterable[tuple[tuple[float, float], Mapping[str, str]]] = (),
    **header: Any,
) -> Path:
    """Write nodes, tagged nodes and ways as an extract and return its path."""
    signed = osmium.io.Header()
    for key, value in header.items():
        signed.set(key, value)
    with osmium.SimpleWriter(str(file), header=signed, overwrite=True) as writer:
        for number, place in sorted(points.items()):  # Valhalla wants them in order
            writer.add_node(Node(id=number, location=place))
        for number, (place, tags) in enumerate(tagged, 1000):
            writer.add_node(Node(id=number, location=place, tags=dict(tags)))
        for number, (nodes, tags) in enumerate(ways, 1):
            writer.add_way(Way(id=number, nodes=nodes, tags=dict(tags)))
    return file
