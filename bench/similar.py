"""How quickly the like is found among a million cases: ``python -m bench.similar HOME``.

HOME is a city that ``python -m bench --cases N --home DIR`` built; its texts are kept first, if they
are not yet. Asked are cases of the city itself, taken evenly from all its years, each by people of
three levels: the same matter (village, county, city) and how it was solved before. Prints one JSON
object; milliseconds are those of the query, with scope and row security, without the page.
How well an answer is found is another question: ``linli similar evaluate`` (see ADR 0018).
"""

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ASKED = 200
_EVENLY = """
SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n, count(*) OVER () AS all FROM
  (SELECT id FROM cases_case TABLESAMPLE SYSTEM (2) REPEATABLE (7)) AS s) AS t
WHERE n %% greatest(1, t.all / %s) = 0 LIMIT %s
"""


def main() -> None:
    """Measure the city of the home that is named."""
    home = Path(sys.argv[1]).resolve()
    os.environ["LINLI_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    from linli.site.postgres import attached

    with ExitStack() as stack:
        stack.enter_context(attached(home))
        import django

        django.setup()
        print(json.dumps(measured()))


def measured() -> dict[str, Any]:
    """Return counts and the 50th and 95th percentile of each question."""
    from django.db import connection
    from django.utils import timezone

    from linli.accounts.actor import Actor, HeldRole
    from linli.alike.actions.keep_all import AT_ONCE, keep_all
    from linli.alike.models import Solved, Text
    from linli.alike.queries import same_as, solved_before
    from linli.cases.models import Case

    began = time.perf_counter()
    keep_all(AT_ONCE)
    found: dict[str, Any] = {"keeping_seconds": round(time.perf_counter() - began)}
    found |= {"texts": Text.objects.count(), "lessons": Solved.objects.count()}
    with connection.cursor() as cursor:
        cursor.execute(_EVENLY, [ASKED, ASKED])
        keys = [key for (key,) in cursor.fetchall()]
    cases = list(Case.objects.filter(pk__in=keys))
    for level, length in (("village", 12), ("county", 6), ("city", 4)):

        def actor(case: Case, length: int = length) -> Actor:
            return Actor(None, "bench", (HeldRole("centre_director", case.area_id[:length], None),))

        now = timezone.now()
        found[f"same_matter_{level}"] = _times(
            cases, actor, lambda case, who, at=now: same_as(case, at, who)
        )
    found["solved_before"] = _times(cases, actor, solved_before)
    return found


def _times(cases: Any, actor: Callable[[Any], Any], ask: Callable[..., Any]) -> dict[str, float]:
    from linli.accounts.scope import acting

    times, shown = [], 0
    for case in cases:
        who = actor(case)
        with acting(who):
            start = time.perf_counter()
            shown += bool(ask(case, who))
            times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return {
        "p50_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
        "max_ms": round(times[-1], 1),
        "with_an_answer": round(shown / len(times), 2),
    }


if __name__ == "__main__":
    main()
