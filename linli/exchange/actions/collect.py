"""Collect: what happened since the last time becomes deliveries.

Nothing is done where things happen: the audit log itself is read behind. Each of its chains is
written by one transaction at a time and numbered without gaps, so the last number read of each chain
says exactly what is still to be read; no entry that commits late is ever jumped over.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from linli.areas.models import Unit
from linli.cases.models import Case
from linli.exchange.envelope import SECRET, Heard, body_of, matches
from linli.exchange.models import Delivery, Position, Subscription
from linli.exchange.queries import active
from linli.kernel.ids import read_id

_NEW = """
SELECT e.id, e.chain, e.sequence, e.at, e.event, e.object_type, e.object_id, e.facts::text
FROM exchange_position p
JOIN audit_chain head ON head.chain = p.chain AND head.sequence > p.sequence
JOIN LATERAL (SELECT * FROM audit_entry
  WHERE chain = p.chain AND sequence > p.sequence ORDER BY sequence LIMIT %(most)s) e ON true
ORDER BY e.id
"""


@transaction.atomic
def collect(*, at: datetime, most: int = 500) -> int:
    """Read at most ``most`` entries a chain and save their deliveries; returns how many were read.

    Entries about one thing keep their order: it is that of their ids.
    """
    wanted = list(active())
    if not wanted:
        return 0
    # Whoever collects beside us waits here, and finds nothing left.
    list(Position.objects.select_for_update().order_by("chain"))
    heard = _whole(_read(most), most)
    Delivery.objects.bulk_create(_deliveries(heard, wanted, at))
    last = {one.chain: one.sequence for one in heard}
    for chain, sequence in last.items():
        Position.objects.filter(chain=chain).update(sequence=sequence)
    return len(heard)


def _read(most: int) -> list[Heard]:
    with connection.cursor() as cursor:
        cursor.execute(_NEW, {"most": most})
        rows = cursor.fetchall()
    return [
        Heard(number, chain, sequence, at, event, kind, key, json.loads(facts))
        for number, chain, sequence, at, event, kind, key, facts in rows
    ]


def _whole(heard: list[Heard], most: int) -> list[Heard]:
    """Return the entries up to where every chain was read: later ones may follow what is missing."""
    count: dict[int, int] = {}
    last: dict[int, int] = {}
    for one in heard:
        count[one.chain] = count.get(one.chain, 0) + 1
        last[one.chain] = one.id
    cut = [last[chain] for chain, number in count.items() if number == most]
    return [one for one in heard if one.id <= min(cut)] if cut else heard


def _deliveries(
    heard: Sequence[Heard], wanted: Sequence[Subscription], at: datetime
) -> list[Delivery]:
    heard = [
        one
        for one in heard
        if not one.event.startswith(SECRET) and any(matches(one.event, w.patterns) for w in wanted)
    ]
    cases, units = _cases(heard), _units(heard)
    made = []
    for one in heard:
        case = cases.get(one.key)
        area = _area(one, case, units)
        body = body_of(one, area, _known(case))
        made += [
            Delivery(subscription=row, event=one.event, body=body, created_at=at, next_at=at)
            for row in wanted
            if _concerns(row, area) and matches(one.event, row.patterns)
        ]
    return made


def _concerns(row: Subscription, area: str) -> bool:
    """What belongs to no area is the whole city's affair."""
    return area.startswith(row.area) if area else len(row.area) <= 4


def _area(one: Heard, case: Case | None, units: dict[str, str]) -> str:
    if case is not None:
        return case.area_id
    if one.kind == "area":
        return one.key
    told = one.facts.get("area")
    return units.get(one.key) or (told if isinstance(told, str) and told.isdecimal() else "")


def _cases(heard: Sequence[Heard]) -> dict[str, Case]:
    keys = {key for one in heard if one.kind == "case" and (key := read_id(one.key))}
    columns = ("id", "number", "kind", "category_id", "area_id")
    return {str(case.pk): case for case in Case.objects.filter(pk__in=keys).only(*columns)}


def _units(heard: Sequence[Heard]) -> dict[str, str]:
    keys = {key for one in heard if one.kind == "unit" and (key := read_id(one.key))}
    found = Unit.objects.filter(pk__in=keys).values_list("pk", "area_id")
    return {str(key): area for key, area in found}


def _known(case: Case | None) -> dict[str, Any]:
    if case is None:
        return {}
    return {"number": case.number, "kind": case.kind, "category": case.category_id}
