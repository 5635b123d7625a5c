"""The base map: its tiles, and what has to be said beside it."""

import sqlite3
from dataclasses import dataclass
from threading import local

from django.utils.translation import gettext as _

from linli.roads import store
from linli.roads.build.programs import ATTRIBUTION, LEAST_ZOOM, MOST_ZOOM

_CACHE = local()


@dataclass(frozen=True, slots=True)
class StreetMap:
    """What a page's map needs to show it: the version's name, and whose data it is."""

    version: str
    credit: str
    made_up: bool


def base_map() -> StreetMap | None:
    """Return the base map in use; None where none was imported."""
    version = store.current()
    if version is None:
        return None
    credit = _("Made-up streets for trying Linli out") if version.made_up else ATTRIBUTION
    return StreetMap(version.name, credit, version.made_up)


def tile(name: str, zoom: int, column: int, row: int) -> bytes | None:
    """Return a gzipped vector tile of a map; None where there is nothing, or no such map any more."""
    version = store.version_named(name)
    if version is None or not LEAST_ZOOM <= zoom <= MOST_ZOOM:
        return None
    # The file counts its rows from the south.
    place = (zoom, column, (1 << zoom) - 1 - row)
    found = _tiles(version).execute(
        "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
        place,
    )
    first = found.fetchone()
    return bytes(first[0]) if first else None


def _tiles(version: store.Version) -> sqlite3.Connection:
    """Return this thread's connection to a map's tiles, which nobody changes."""
    if getattr(_CACHE, "version", None) != version.name:
        address = f"{(version.directory / 'base.mbtiles').as_uri()}?mode=ro&immutable=1"
        _CACHE.tiles = sqlite3.connect(address, uri=True)
        _CACHE.version = version.name
    tiles: sqlite3.Connection = _CACHE.tiles
    return tiles
