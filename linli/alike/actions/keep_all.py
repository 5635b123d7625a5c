"""Keep all: bring the texts of every case up to date at once, beside a worker or without one."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from uuid import UUID

from django.db import OperationalError, connection, transaction

from linli.alike.actions.follow import follow
from linli.alike.actions.keep_texts import keep_texts
from linli.alike.actions.weigh import weigh
from linli.alike.models import Mark, Rarity
from linli.kernel.processes import in_processes

# Processes that pay: the database needs a core for every four of them or so.
AT_ONCE = min(4, os.cpu_count() or 1)
# Stale cases a transaction: a third of a second.
_RANGE = 1000
_FIRST, _LAST = UUID(int=0), UUID(int=2**128 - 1)

_BOUNDS = """
SELECT id FROM (
  SELECT c.id, row_number() OVER (ORDER BY c.id) AS n FROM cases_case c
  WHERE NOT EXISTS (SELECT FROM alike_text t WHERE t.case_id = c.id AND t.version = c.version)
) AS stale WHERE n %% %s = 0 ORDER BY id
"""
# The version is asked for case by case: of tables that grow from nothing the database has no idea yet.
_STALE = """
SELECT id FROM cases_case c WHERE id > %s AND id <= %s
  AND (SELECT version FROM alike_text t WHERE t.case_id = c.id) IS DISTINCT FROM version
ORDER BY id
"""
# Lessons wait in a list of at most a megabyte before their keys go into the index, many at a time.
_EASY = "ALTER INDEX alike_solved_keys SET (fastupdate = on, gin_pending_list_limit = 1024)"
_USUAL = (
    "ALTER INDEX alike_solved_keys SET (fastupdate = off)",
    "ALTER INDEX alike_solved_keys RESET (gin_pending_list_limit)",
    "SELECT gin_clean_pending_list('alike_solved_keys')",
)


def keep_all(processes: int = 1, say: Callable[[float], None] = lambda done: None) -> int:
    """Keep the texts of all cases that have none of their version; return how many were kept.

    ``say`` is told how much is done, 0 to 1. Stopped at any point, what was done stays, and the next
    call goes on. From the oldest case to the newest, as the worker comes the other way.
    """
    if not Mark.objects.exists():
        follow()
    if not Rarity.objects.exists():
        weigh()
    kept = 0
    # Again for what an import brought meanwhile.
    while ranges := _ranges():
        work = in_processes(f"{__name__}.keep_between", ranges, processes)
        with _easy_index(), closing(work) as answers:
            for done, count in enumerate(answers, 1):
                kept += count
                say(done / (len(ranges) + 1))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE alike_text, alike_solved")
    kept += _finish()
    say(1)
    return kept


def keep_between(bounds: tuple[UUID, UUID]) -> int:
    """Keep the stale texts of the cases after the first key up to the second; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_STALE, bounds)
        return keep_texts([case for (case,) in cursor.fetchall()])


def _ranges() -> Sequence[tuple[UUID, UUID]]:
    """Return bounds between which :data:`_RANGE` cases each are stale; the rest is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_BOUNDS, [_RANGE])
        bounds = [case for (case,) in cursor.fetchall()]
    return list(zip([_FIRST, *bounds], bounds, strict=False))


@transaction.atomic
def _finish() -> int:
    """Keep what is left while the worker waits, and tell it that it need not walk any further."""
    mark = Mark.objects.select_for_update().get(pk=1)
    kept = keep_between((_FIRST, _LAST))
    mark.back = None
    mark.save(update_fields=["back"])
    return kept


@contextmanager
def _easy_index() -> Iterator[None]:
    """Let lessons come cheaply for a block; where somebody holds the index, they come as ever."""
    eased = _alter(_EASY)
    try:
        yield
    finally:
        if eased:
            _alter(*_USUAL)


def _alter(*statements: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # Whoever asks for the index meanwhile waits behind us.
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            for statement in statements:
                cursor.execute(statement)
    except OperationalError:
        return False
    return True
