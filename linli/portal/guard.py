"""What keeps machines from flooding the door, without any outside service.

A form carries a signed stamp: its own key, when it was drawn, and how hard a sum the browser has to
do. The page's script does the sum while the person types; without scripts a form passes too, but
fewer times. How often something was tried is counted by address, and an address is kept only as a
hash under the day's salt, which is forgotten the day after.
"""

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID, uuid4

from django.core import signing
from django.db import connection
from django.http import HttpRequest

from linli.accounts.lockout import address_of
from linli.kernel.working_days import local_date
from linli.portal.models import Attempt, DaySalt

_SALT = "portal.stamp"
# Nobody reads and fills the form in less; after a day the stamp is renewed.
QUICKEST, OLDEST = timedelta(seconds=3), timedelta(days=1)
BITS, BITS_IN_A_RUSH = 13, 17
MINUTES = 10
_TEN_MINUTES = MINUTES * 60


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` in ten minutes from one address."""

    what: str
    most: int


# Many phones share one address of their network: what counts by address is generous.
REPORTS = Limit("report", 12)
UNPROVED_REPORTS = Limit("unproved", 3)
FINDING = Limit("find", 20)
WRITING = Limit("write", 30)
LOOKING = Limit("look", 600)
_ALL = b""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A form's own key, when it was drawn, and the zero bits its sum must begin with."""

    key: UUID
    drawn_at: datetime
    bits: int


def new_stamp(now: datetime, *, rush: bool) -> str:
    """Return a signed stamp for a form drawn now."""
    bits = BITS_IN_A_RUSH if rush else BITS
    return signing.dumps([uuid4().hex, now.timestamp(), bits], salt=_SALT, compress=False)


def read_stamp(text: str, now: datetime) -> Stamp | None:
    """Return the stamp a form brought back, or None where it is not ours or too old."""
    try:
        key, drawn, bits = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    drawn_at = datetime.fromtimestamp(drawn, tz=now.tzinfo)
    return None if now - drawn_at > OLDEST else Stamp(UUID(key), drawn_at, bits)


def is_proved(stamp: str, proof: str, bits: int) -> bool:
    """Say whether SHA-256 of ``stamp:proof`` begins with ``bits`` zero bits."""
    if not 1 <= len(proof) <= 20 or not proof.isascii():
        return False
    digest = hashlib.sha256(f"{stamp}:{proof}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - bits) == 0


def who(request: HttpRequest, now: datetime) -> bytes:
    """Return the hashed address of a request: 16 bytes that mean nothing once the salt is gone."""
    return hmac.digest(_salt(local_date(now)), _network(address_of(request)), "sha256")[:16]


def take(address: bytes, limit: Limit, now: datetime, *, most: int | None = None) -> bool:
    """Count one attempt, and say whether it is still within the limit.

    Counted in a statement of its own: what is refused afterwards has been counted all the same.
    """
    return _count(address, limit.what, now) <= (limit.most if most is None else most)


def count_for_all(now: datetime) -> None:
    """Count a report that was taken."""
    _count(_ALL, REPORTS.what, now)


def is_rush(now: datetime, most: int) -> bool:
    """Say whether so many reports came in these ten minutes that sending gets harder for all.

    Only reports that were taken count: a flood that is refused makes nothing harder for others.
    """
    window = int(now.timestamp()) // _TEN_MINUTES
    taken = Attempt.objects.filter(who=_ALL, what=REPORTS.what, window=window)
    return taken.filter(count__gte=most).exists()


def forget_old(now: datetime) -> None:
    """Remove yesterday's counts, and the salts that could lead from a hash to an address."""
    Attempt.objects.filter(window__lt=int(now.timestamp()) // _TEN_MINUTES - 12).delete()
    DaySalt.objects.filter(day__lt=local_date(now)).delete()


def _count(address: bytes, what: str, now: datetime) -> int:
    window = int(now.timestamp()) // _TEN_MINUTES
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO portal_attempt (who, what, "window", count) VALUES (%s, %s, %s, 1)'
            ' ON CONFLICT (who, what, "window") DO UPDATE SET count = portal_attempt.count + 1'
            " RETURNING count",
            [address, what, window],
        )
        (count,) = cursor.fetchone()
    return int(count)


@lru_cache(maxsize=2)
def _salt(day: date) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO portal_daysalt (day, salt) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [day, secrets.token_bytes(32)],
        )
    return bytes(DaySalt.objects.get(day=day).salt)


def _network(address: str) -> bytes:
    """Return what one household has: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address.encode()
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return parsed.ipv4_mapped.packed
        return parsed.packed[:8]
    return parsed.packed
