"""Mark what became of messages, and what it says about the gateway."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from linli.audit.record import record
from linli.notices.channels.parcel import Doubtful, Rejected, SendError
from linli.notices.models import Gateway, Message

# How long until the next try: after the first failure, the second … the last for all that follow.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120)]
# About a day of tries.
MOST_ATTEMPTS = 14


@transaction.atomic
def mark(
    messages: Sequence[Message], state: str, *, at: datetime, gateway: Gateway | None = None,
    error: str = "",
) -> None:  # fmt: skip
    """End messages in ``state``; the log of the house says which, to whom it does not."""
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(
        state=state, ended_at=at, error=error, gateway=gateway or messages[0].gateway_id
    )
    first = messages[0]
    facts = {
        "channel": first.channel,
        "state": state,
        "gateway": str(gateway.pk) if gateway else None,
        "messages": [
            {"id": str(one.pk), "kind": one.kind, "rule": one.rule, one.about_type: one.about_id}
            for one in messages
        ],
    }
    record("message", first.parcel or first.pk, "notice.deliver", actor=None, at=at, facts=facts)


def after_failure(
    messages: Sequence[Message], gateway: Gateway, error: SendError, *, at: datetime
) -> None:
    """Put back what may be tried again; end what was refused, tried too often, or is in doubt."""
    told = str(error)[:200]
    if isinstance(error, Rejected):
        mark(messages, "failed", at=at, gateway=gateway, error=told)
        note_gateway(gateway, at=at, error=told, pause=False)
        return
    if isinstance(error, Doubtful):
        mark(messages, "unsure", at=at, gateway=gateway, error=told)
    else:
        worn_out = [message for message in messages if message.attempts >= MOST_ATTEMPTS]
        if worn_out:
            mark(worn_out, "failed", at=at, gateway=gateway, error=told)
        for message in messages:
            if message not in worn_out:
                Message.objects.filter(pk=message.pk).update(
                    state="queued", not_before=at + wait(message.attempts), error=told
                )
    note_gateway(gateway, at=at, error=told)


def wait(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row."""
    return WAITS[min(max(failures, 1), len(WAITS)) - 1]


def note_gateway(gateway: Gateway, *, at: datetime, error: str = "", pause: bool = True) -> None:
    """Keep how the gateway does: the pages show it, and a failing one is left alone for a while."""
    found = Gateway.objects.filter(pk=gateway.pk)
    if not error:
        found.update(failures=0, paused_until=None, last_error="", last_sent_at=at)
    elif pause:
        failures = gateway.failures + 1
        gateway.failures, gateway.paused_until = failures, at + wait(failures)
        found.update(failures=failures, paused_until=gateway.paused_until, last_error=error)
    else:
        found.update(last_error=error)
