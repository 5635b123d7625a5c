"""The JSON API of mediation: the same actions as the pages."""

from linli.mediation.api import figures, reads, verbs
from linli.mediation.api.routes import router

__all__ = ["figures", "reads", "router", "verbs"]
