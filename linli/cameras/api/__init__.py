"""The JSON API of cameras: the same actions as the pages."""

from linli.cameras.api import footage, registry, viewing
from linli.cameras.api.routes import router

__all__ = ["footage", "registry", "router", "viewing"]
