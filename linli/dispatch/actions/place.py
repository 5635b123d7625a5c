"""Place: a phone tells where its unit is. A few hundred a second: three statements, no lock on units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, Invalid
from linli.notices.stream.publish import Nudge, publish_all

# Those who listen to an area are told so often at most that units move in it.
TICK = timedelta(milliseconds=500)
# What a phone gathered while it had no network is kept; further back, or ahead, its clock is wrong.
LONGEST_AGO, AHEAD = timedelta(hours=2), timedelta(seconds=60)
MOST = 200
LEAST_ACCURATE = 100_000


@dataclass(frozen=True, slots=True)
class Fix:
    """One position: WGS-84 degrees, metres of accuracy, and the phone's moment."""

    longitude: float
    latitude: float
    at: datetime
    accuracy: float | None = None


# Only a phone that shares, of a unit on shift, is heard. The newest one becomes the unit's spot; an
# older one that arrives late is track only.
_TAKE = """
WITH told AS (
  SELECT * FROM unnest(%(x)s::float8[], %(y)s::float8[], %(accuracy)s::int[], %(at)s::timestamptz[])
    AS t (longitude, latitude, accuracy, at)
), unit AS (
  SELECT u.id, u.area_id FROM dispatch_dispatchunit u
  JOIN dispatch_sharing s ON s.unit_id = u.id AND s.until IS NULL AND s.user_id = %(user)s
  WHERE u.id = %(unit)s AND u.status <> 'off_duty' AND u.retired_at IS NULL
), track AS (
  INSERT INTO dispatch_trackpoint (unit_id, longitude, latitude, accuracy, at)
  SELECT unit.id, t.longitude, t.latitude, t.accuracy, t.at FROM unit, told t ORDER BY t.at
), spot AS (
  INSERT INTO dispatch_spot AS s (unit_id, longitude, latitude, accuracy, at)
  SELECT unit.id, t.longitude, t.latitude, t.accuracy, t.at FROM unit, told t
  ORDER BY t.at DESC LIMIT 1
  ON CONFLICT (unit_id) DO UPDATE SET longitude = excluded.longitude,
    latitude = excluded.latitude, accuracy = excluded.accuracy, at = excluded.at
  WHERE s.at < excluded.at
), tick AS (
  INSERT INTO dispatch_tick AS k (topic, at) SELECT area_id, %(now)s FROM unit
  ON CONFLICT (topic) DO UPDATE SET at = excluded.at WHERE k.at < excluded.at - %(tick)s
  RETURNING topic
)
SELECT unit.area_id, EXISTS (SELECT FROM tick) FROM unit
"""


@transaction.atomic
def place_unit(unit_id: UUID, fixes: Sequence[Fix], *, actor: Actor, at: datetime) -> int:
    """Take positions of the actor's unit and return how many; raise where this phone shares none."""
    good = [fix for fix in fixes if _is_sensible(fix, at)]
    if not fixes or len(fixes) > MOST or len(good) < len(fixes):
        sentence = _("These are no positions of now.")
        raise Invalid(sentence, {"fixes": sentence})
    asked: dict[str, Any] = {
        "x": [fix.longitude for fix in good],
        "y": [fix.latitude for fix in good],
        "accuracy": [_metres(fix.accuracy) for fix in good],
        "at": [min(fix.at, at) for fix in good],
        "user": actor.user_id,
        "unit": unit_id,
        "now": at,
        "tick": TICK,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, asked)
        row = cursor.fetchone()
    if row is None:
        raise IllegalMove(
            _("Positions are told while on shift only, by who agreed to it."),
            _("Begin the shift and switch it on."),
        )
    area, is_due = row
    if is_due:
        publish_all([Nudge(f"dispatch:{area}", "moved", {})], at=at)
    return len(good)


def _is_sensible(fix: Fix, at: datetime) -> bool:
    on_earth = -180 <= fix.longitude <= 180 and -90 <= fix.latitude <= 90
    return on_earth and at - LONGEST_AGO <= fix.at <= at + AHEAD


def _metres(accuracy: float | None) -> int | None:
    return None if accuracy is None else round(min(max(accuracy, 0), LEAST_ACCURATE))
