"""Nudges: open pages hear that something moved in an area, and ask what."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.notices.stream.publish import Nudge, publish_all


def tell_listeners(
    area: str, kind: str, data: Mapping[str, Any], at: datetime, units: Iterable[UUID] = ()
) -> None:
    """Tell whoever listens to the area, to one above it, or to one of ``units``.

    No personal data in ``data``.
    """
    names = [f"dispatch:{area}", *(f"dispatch_unit:{unit}" for unit in units)]
    publish_all([Nudge(name, kind, data) for name in names], at=at)
