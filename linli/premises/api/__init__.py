"""The JSON API of premises and devices: the same actions as the pages."""

from linli.premises.api import reads, writes
from linli.premises.api.routes import router

__all__ = ["reads", "router", "writes"]
