"""How often something was tried, for doors that stand open to everybody.

Who tried is kept only as a keyed hash that changes with the day, and only for a few hours.
"""

import hmac
import random
from datetime import datetime

from django.conf import settings
from django.db import connection

from linli.kernel.models import Tries

# Old rows are swept by whoever opens a new window, one time in fifty.
_SWEEP = 0.02
_KEPT = 6 * 3600

_COUNT = """
INSERT INTO kernel_tries (what, who, ends, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (what, who, ends) DO UPDATE SET count = kernel_tries.count + 1 RETURNING count
"""


def take(what: str, who: str, now: datetime, *, most: int, seconds: int) -> bool:
    """Count one try of ``what`` by ``who``; say whether it is within ``most`` in ``seconds``.

    Call it in a transaction of its own, so that what is refused afterwards has been counted.
    """
    moment = int(now.timestamp())
    ends = (moment // seconds + 1) * seconds
    key = f"{settings.SECRET_KEY}:{now:%Y-%m-%d}".encode()
    hashed = hmac.digest(key, who.encode(), "sha256")[:16]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [what, hashed, ends])
        (count,) = cursor.fetchone()
    if count == 1 and random.random() < _SWEEP:  # noqa: S311 - no secret depends on it
        Tries.objects.filter(ends__lt=moment - _KEPT).delete()
    return int(count) <= most
