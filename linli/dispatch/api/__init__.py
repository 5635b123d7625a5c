"""The JSON API of dispatch: the same actions as the pages."""

from linli.dispatch.api import reads, supplies, units, verbs
from linli.dispatch.api.routes import router

__all__ = ["reads", "router", "supplies", "units", "verbs"]
