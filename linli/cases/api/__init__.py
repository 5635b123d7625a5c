"""The JSON API of cases: the same actions as the pages."""

from linli.cases.api import reads, verbs, writes
from linli.cases.api.routes import router

__all__ = ["reads", "router", "verbs", "writes"]
