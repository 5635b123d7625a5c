"""How fast figures are on the database of LINLI_HOME: ``python -m bench.figures`` prints JSON.

Nothing is generated here: fill the database first (``linli demo``, ``linli demo --scale N``). The
page times are those of the view in the process, without HTTP; the writes are rolled back.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

RUNS = 30


def _milliseconds(work: Callable[[], object], runs: int = RUNS) -> dict[str, float]:
    work()
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return {"p50_ms": round(statistics.median(took), 2), "max_ms": round(max(took), 2)}


def _reads(code: str) -> dict[str, Any]:
    from django.test import RequestFactory
    from django.utils import timezone

    from linli.accounts.actor import Actor, HeldRole
    from linli.accounts.models import Role
    from linli.accounts.scope import acting
    from linli.areas.models import Area
    from linli.insight import queries
    from linli.insight.slots import area_figures
    from linli.insight.web.views import home
    from linli.kernel.periods import Period

    role = Role.objects.filter(area=code[:4], kind="centre_director").select_related("user")[0]
    held = HeldRole(role.kind, role.area, role.unit)
    actor = Actor(user_id=role.user_id, name=role.user.name, roles=(held,))
    area = Area.objects.get(code=code)
    at = timezone.now()
    today = at.date()
    odd = Period(today - timedelta(days=3000), today - timedelta(days=500))

    def request(**query: str) -> Any:
        made = RequestFactory().get("/figures/", {"area": code, **query})
        made.actor = actor  # type: ignore[attr-defined]
        return made

    with acting(actor):
        return {
            "now": _milliseconds(lambda: queries.now(code, at)),
            "all_time": _milliseconds(lambda: queries.figures(code, Period(), at)),
            "odd_days": _milliseconds(lambda: queries.figures(code, odd, at)),
            "area_page": _milliseconds(lambda: area_figures(request(), area=area)),
            "figures_page_year": _milliseconds(lambda: home(request(period="year")).render()),
            "figures_page_all": _milliseconds(lambda: home(request(period="all")).render()),
        }


def _writes() -> dict[str, float]:
    """Return what counting adds to one insert and one update of a case, in ms."""
    from django.db import connection, transaction

    from linli.cases.models import Case
    from linli.insight.rollup import uncounted
    from linli.kernel.ids import new_id

    case = Case.objects.all()[0]

    def change() -> None:
        case.id = new_id()
        case.number = str(case.id)
        case.save(force_insert=True)
        Case.objects.filter(pk=case.pk).update(state="assigned")
        Case.objects.filter(pk=case.pk).update(state="handling")

    found = {}
    with transaction.atomic():
        for name, how in (("uncounted", uncounted), ("counted", nullcontext)):
            with how():
                found[name] = _milliseconds(change, 300)["p50_ms"]
        transaction.set_rollback(True)
    connection.close()
    return {**found, "added_each": round((found["counted"] - found["uncounted"]) / 3, 3)}


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    import django

    django.setup()
    from linli.areas.models import Area
    from linli.cases.models import Case
    from linli.insight.rollup import rebuild
    from linli.site.home import home
    from linli.site.postgres import attached

    with attached(home()) if not os.environ.get("DATABASE_URL") else nullcontext():
        city = Area.objects.filter(level="city")[0].code
        township = Area.objects.filter(code__startswith=city, level="township")[0].code
        answer: dict[str, Any] = {"cases": Case.objects.count()}
        began = time.perf_counter()
        answer["rebuild_corrected"] = rebuild()
        answer["rebuild_seconds"] = round(time.perf_counter() - began, 2)
        answer["city"] = _reads(city)
        answer["township"] = _reads(township)
        answer["write_ms"] = _writes()
        print(json.dumps(answer))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
