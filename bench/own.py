"""A database of a benchmark's own, empty and migrated, with the application set up on it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_database(connections: int = 40) -> Iterator[Path]:
    """Yield the data directory; nothing of the application may be imported before."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as name:
        os.environ["LINLI_HOME"] = name
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
        from linli.site.postgres import attached

        home = Path(name).resolve()
        with attached(home, {"max_connections": str(connections)}) as url:
            os.environ["DATABASE_URL"] = url
            import django

            django.setup()
            from django.core.management import call_command
            from django.db import connection

            call_command("migrate", verbosity=0)
            try:
                yield home
            finally:
                connection.close()


def bring(extract: Path) -> None:
    """Import a map into the database of this process."""
    from django.utils import timezone

    from linli.accounts.actor import SYSTEM
    from linli.roads.actions.import_map import import_map

    import_map(extract, actor=SYSTEM, at=timezone.now(), tick=lambda step, done: None)
