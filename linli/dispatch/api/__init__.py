"""The JSON API of dispatch: the same actions as the pages."""

from linli.dispatch.api import supplies
from linli.dispatch.api.routes import router

__all__ = ["router", "supplies"]
