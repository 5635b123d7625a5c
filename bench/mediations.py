"""How fast the official form is over a million mediations: ``python -m bench.mediations [N]``.

On the database of LINLI_HOME, filled with ``linli demo``: its mediations are copied within one
transaction until there are N, counted afresh, measured, and rolled back. The page's times are those
of the view in the process, without HTTP. Prints one JSON object.
"""

import json
import os
import sys
import time
from contextlib import nullcontext
from datetime import date
from typing import Any

from bench.figures import _milliseconds

# A copy lies so many days after its pattern, round and round within ten years.
_COPY = """
INSERT INTO mediation_mediation (id, case_id, committee_id, state, source, opened_at, referrer,
  referrer_number, referred_on, brief, request, claimed, applied_orally, hard, averted,
  averted_persons, accepted_on, due_on, extended_days, form, agreed_on, effective_on, amount,
  end_reason, routes, ended_at, performed_on, archived_at, number, version)
SELECT uuidv7(), m.case_id, m.committee_id, m.state, m.source,
  '2013-05-01'::timestamptz + ((extract(day FROM m.opened_at - '2013-05-01'::timestamptz)
    + n * 227)::int %% 3600) * interval '1 day', m.referrer, m.referrer_number, m.referred_on,
  m.brief, m.request, m.claimed, m.applied_orally, m.hard, m.averted, m.averted_persons,
  m.accepted_on, m.due_on, m.extended_days, m.form, m.agreed_on, m.effective_on, m.amount,
  m.end_reason, m.routes, m.ended_at, m.performed_on, m.archived_at, '', m.version
FROM mediation_mediation m CROSS JOIN generate_series(1, %(copies)s) AS n
WHERE m.state = 'archived' LIMIT %(more)s;
INSERT INTO mediation_event (id, mediation_id, verb, at, from_state, to_state, facts)
SELECT uuidv7(), m.id, 'archive', m.archived_at,
  CASE WHEN m.effective_on IS NULL THEN 'failed' ELSE 'followed_up' END, 'archived', '{}'
FROM mediation_mediation m WHERE m.number = '' AND m.state = 'archived'
  AND NOT EXISTS (SELECT FROM mediation_event e WHERE e.mediation_id = m.id);
ANALYZE mediation_mediation, mediation_event;
"""


def _measured(code: str) -> dict[str, Any]:
    from django.test import RequestFactory
    from django.utils import timezone

    from linli.accounts.models import Role
    from linli.accounts.queries import actor_of
    from linli.accounts.scope import acting
    from linli.kernel.periods import Period
    from linli.mediation.queries.counted import Selection, counted
    from linli.mediation.queries.statistics import statistics
    from linli.mediation.web.results import home as results
    from linli.mediation.web.statistics import home

    at = timezone.now()
    role = Role.objects.filter(area=code[:4], kind="centre_director")[0]
    actor = actor_of(role.user_id, at.date())
    assert actor is not None
    year = Period(date(2021, 1, 1), date(2021, 12, 31))
    odd = Period(date(2016, 3, 16), date(2022, 11, 16))

    def request(**query: str) -> Any:
        made = RequestFactory().get("/mediation/statistics/", {"area": code, **query})
        made.actor = actor  # type: ignore[attr-defined]
        return made

    with acting(actor):
        return {
            "form_all": _milliseconds(lambda: statistics(code, Period(), at)),
            "form_year": _milliseconds(lambda: statistics(code, year, at)),
            "form_odd_days": _milliseconds(lambda: statistics(code, odd, at)),
            "list": _milliseconds(
                lambda: counted(actor, Selection(code, year, "type", "wages", resolved=True))
            ),
            "page_odd_days": _milliseconds(
                lambda: home(request(since="2016-03-16", until="2022-11-16"))
            ),
            "results_year": _milliseconds(
                lambda: results(request(since="2021-01-01", until="2021-12-31")), 3
            ),
        }


def main() -> None:
    """Copy, count, measure and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    import django

    django.setup()
    from django.db import connection, transaction

    from linli.areas.models import Area
    from linli.insight.rollup import uncounted
    from linli.mediation.models import Mediation
    from linli.mediation.rollup import rebuild
    from linli.site.home import home
    from linli.site.postgres import attached

    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with attached(home()) if not os.environ.get("DATABASE_URL") else nullcontext():
        there = Mediation.objects.count()
        with uncounted(), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "ALTER TABLE mediation_mediation DISABLE TRIGGER mediation_agrees_with_case"
                )
                more = max(0, wanted - there)
                cursor.execute(_COPY, {"copies": more // there + 2, "more": more})
            began = time.perf_counter()
            answer: dict[str, Any] = {"mediations": Mediation.objects.count()}
            rebuild()
            answer["rebuild_seconds"] = round(time.perf_counter() - began, 1)
            answer["rebuilt_again_corrected"] = rebuild()
            city = Area.objects.filter(level="city")[0].code
            township = Area.objects.filter(code__startswith=city, level="township")[0].code
            answer["city"] = _measured(city)
            answer["township"] = _measured(township)
            transaction.set_rollback(True)
        print(json.dumps(answer))


if __name__ == "__main__":
    main()
