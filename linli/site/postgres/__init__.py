"""The PostgreSQL that comes with Linli: made, started, shared and stopped without a person's help.

Nothing here is used when ``DATABASE_URL`` points at a server of the user's own. :func:`attached`
gives the address of the server of a LINLI_HOME and keeps it up for as long as it is needed.
"""

from linli.site.postgres.layout import BINARIES, Layout, StartError
from linli.site.postgres.server import attached, is_running, revive, wait_until_stopped

__all__ = [
    "BINARIES",
    "Layout",
    "StartError",
    "attached",
    "is_running",
    "revive",
    "wait_until_stopped",
]
