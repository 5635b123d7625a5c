"""How long it takes: from one to many and from many to one, on the network with what is closed."""

from collections.abc import Sequence
from datetime import datetime
from math import isfinite

from django.utils.translation import gettext as _

from linli.kernel.errors import Refused
from linli.roads import store
from linli.roads.modes import Mode
from linli.roads.network import LIMIT, Point, network_in
from linli.roads.queries.closures import shut_for, stretches_shut


class NoMap(Refused):
    """Nothing was imported yet, so nothing can be said about ways."""

    code = "no-map"


def map_in_use() -> store.Version:
    """Return the map in use; raises :class:`NoMap`."""
    version = store.current()
    if version is None:
        raise NoMap(_("There is no map yet."), _("Ask whoever runs the server to import one."))
    return version


def seconds_to(
    target: Point, sources: Sequence[Point], mode: Mode, at: datetime, limit: float = LIMIT
) -> list[float | None]:
    """Return how long each of ``sources`` needs to ``target``; None where there is no way in time.

    Points are (longitude, latitude) in WGS-84; ``at`` says which roads are closed; ``limit`` is in
    seconds. For the shortlist of an alarm; turns are for :mod:`linli.roads.queries.ways`.
    """
    return _seconds(target, sources, mode, at, limit, towards=True)


def seconds_from(
    source: Point, targets: Sequence[Point], mode: Mode, at: datetime, limit: float = LIMIT
) -> list[float | None]:
    """Return how long it takes from ``source`` to each of ``targets``; else as :func:`seconds_to`."""
    return _seconds(source, targets, mode, at, limit, towards=False)


def seconds_between(
    sources: Sequence[Point], targets: Sequence[Point], mode: Mode, at: datetime,
    limit: float = LIMIT,
) -> list[list[float | None]]:  # fmt: skip
    """Return a row of seconds for each source; the fewer side is walked from."""
    if len(targets) < len(sources):
        columns = [seconds_to(target, sources, mode, at, limit) for target in targets]
        return (
            [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _s in sources]
        )
    return [seconds_from(source, targets, mode, at, limit) for source in sources]


def _seconds(
    one: Point, many: Sequence[Point], mode: Mode, at: datetime, limit: float, *, towards: bool
) -> list[float | None]:
    version = map_in_use()
    if not many:
        return []
    network = network_in(version.directory)
    closed = stretches_shut(version.directory, shut_for(mode, at))
    found = network.seconds(
        network.put([one], mode), 0, network.put(many, mode), mode,
        towards=towards, closed=closed, limit=limit,
    )  # fmt: skip
    return [round(value, 1) if isfinite(value) else None for value in found.tolist()]
