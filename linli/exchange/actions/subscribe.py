"""Subscribe another system to events, and change what it is told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.exchange.models import Subscription
from linli.exchange.policy import permit_area
from linli.exchange.queries import active, allowed_hosts, subscription
from linli.exchange.signing import new_secret
from linli.exchange.targets import read_url
from linli.kernel.crypto import seal
from linli.kernel.errors import Invalid
from linli.kernel.ids import new_id

MOST_PATTERNS = 40
_PATTERN = re.compile(r"\*|[a-z_]{1,40}\.(\*|[a-z_]{1,40})")

# From now on: what stands in the log already is nobody's news.
_BEGIN = """
INSERT INTO exchange_position (chain, sequence) SELECT chain, sequence FROM audit_chain
ON CONFLICT (chain) DO UPDATE SET sequence = excluded.sequence
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What another system wants to be told, and where. ``area`` is a code."""

    name: str
    url: str
    patterns: Sequence[str]
    area: str


@transaction.atomic
def subscribe(wish: Wish, *, actor: Actor, at: datetime) -> tuple[Subscription, str]:
    """Save a subscription; return it with its secret, which is shown this once."""
    permit_area(actor, find_area(wish.area).code)
    secret, key = new_secret(), new_id()
    row = Subscription(id=key, created_at=at, secret=seal(secret, key.bytes))
    _write(row, wish)
    begin_reading()
    row.save(force_insert=True)
    _record("webhook.subscribe", row, actor, at)
    return row, secret


@transaction.atomic
def change_subscription(
    subscription_id: UUID, wish: Wish, *, actor: Actor, at: datetime
) -> Subscription:
    """Write another name, address, area or other patterns; what already waits goes there too."""
    row = subscription(actor, subscription_id, lock=True)
    permit_area(actor, find_area(wish.area).code)
    _write(row, wish)
    row.save(update_fields=["name", "url", "patterns", "area"])
    _record("webhook.change", row, actor, at)
    return row


def begin_reading() -> None:
    """Read the log from here on, unless another subscription has it read already."""
    if not active().exists():
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN)


def _write(row: Subscription, wish: Wish) -> None:
    name = wish.name.strip()
    patterns = list(dict.fromkeys(pattern.strip() for pattern in wish.patterns if pattern.strip()))
    wrong: dict[str, str] = {}
    if not 0 < len(name) <= 60:
        wrong["name"] = _("Write which system it is, 60 characters at most.")
    if not 0 < len(patterns) <= MOST_PATTERNS:
        wrong["patterns"] = _("From 1 to 40 events, one a line.")
    elif strange := [one for one in patterns if not _PATTERN.fullmatch(one)]:
        wrong["patterns"] = _("“%(text)s” is no event: write case.resolve, case.* or *.") % {
            "text": strange[0][:60]
        }
    try:
        url = read_url(wish.url, allowed_hosts())
    except Invalid as invalid:
        wrong |= {field: str(text) for field, text in invalid.fields.items()}
    if wrong:
        raise Invalid(_("The webhook was not saved."), wrong)
    row.name, row.url, row.patterns, row.area = name, str(url), patterns, wish.area


def _record(event: str, row: Subscription, actor: Actor, at: datetime) -> None:
    facts = {"area": row.area, "patterns": row.patterns}
    record("webhook", row.pk, event, actor=actor.user_id, at=at, facts=facts)
