"""Streets of an OpenStreetMap extract, without importing it as the map in use."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from linli.missing.planning.streets import Streets, around
from linli.roads.build.graph import build_graph
from linli.roads.build.reading import read
from linli.roads.network import Network


def streets_of(extract: Path) -> Streets:
    """Read what one gets about on foot in an extract (.osm.pbf).

    Raises :class:`~linli.roads.build.reading.DamagedError` for a file that is none.
    """
    with TemporaryDirectory() as place:
        directory = Path(place)
        roads, _counts = read(
            extract, directory / "features", directory / "places", lambda _share: None
        )
        build_graph(roads, directory / "graph")
        network = Network(directory / "graph")
        of = network.arrays("junction_longitude", "junction_latitude")
        middle = (
            float(np.mean(of["junction_longitude"])), float(np.mean(of["junction_latitude"]))
        )  # fmt: skip
        return around(network, middle, np.inf)
