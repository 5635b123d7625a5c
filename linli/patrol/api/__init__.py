"""``/api/v1/patrol/…``: rosters, routes, check-ins, positions, coverage."""

from linli.patrol.api import field, reads, verbs
from linli.patrol.api.routes import router

__all__ = ["field", "reads", "router", "verbs"]
