"""Delivering: signed, in order, again after failures, and never held up by somebody else's server."""

import base64
import hashlib
import hmac
import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from linli.cases.actions.assign import assign_case
from linli.exchange import sending
from linli.exchange.actions.collect import collect
from linli.exchange.actions.deliver import PATIENCE, RESTS, deliver_next
from linli.exchange.actions.pause import pause, resume, unsubscribe
from linli.exchange.actions.rotate_secret import OVERLAP, rotate_secret
from linli.exchange.actions.send_test import send_again, send_test
from linli.exchange.models import Attempt, Delivery, Subscription
from linli.exchange.queries import due
from linli.exchange.tests.conftest import Subscribe
from linli.exchange.tests.receiver import Receiver
from linli.kernel.errors import IllegalMove
from tests.cast import TUESDAY, Cast, make_case

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def deliver_all(row: Subscription, at: datetime = NOW) -> int:
    """Send until nothing may be sent, and return how many were tried."""
    before = Attempt.objects.count()
    while deliver_next(row.pk, at=at):
        pass
    return Attempt.objects.count() - before


def test_a_message_is_signed_as_standard_webhooks_say(
    cast: Cast, there: Receiver, subscribed: Subscribe
) -> None:
    row, secret = subscribed()
    case = make_case(cast)
    collect(at=NOW)
    assert deliver_all(row) == 1
    ((path, headers, body),) = there.received
    assert path == "/taken"
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert int(headers["webhook-timestamp"]) == int(NOW.timestamp())
    told = json.loads(body)
    assert told["type"] == "case.register"
    assert told["timestamp"] == "2026-03-10T02:00:00.000Z"
    assert told["data"]["number"] == case.number
    assert told["data"]["facts"]["state"] == "registered"


def test_order_is_kept_through_failures(cast: Cast, there: Receiver, subscribed: Subscribe) -> None:
    row, _secret = subscribed("/ill")
    there.status["/ill"] = 500
    case = make_case(cast)
    assign_case(case.id, actor=cast.actor("clerk"), at=TUESDAY)
    collect(at=NOW)
    assert deliver_all(row) == 1
    assert deliver_all(row, NOW + timedelta(seconds=1)) == 0
    there.status["/ill"] = 200
    assert deliver_all(row, NOW + RESTS[0]) == 2
    assert [json.loads(body)["type"] for _path, _headers, body in there.received] == [
        "case.register", "case.register", "case.assign",
    ]  # fmt: skip
    ids = [headers["webhook-id"] for _path, headers, _body in there.received]
    assert ids[0] == ids[1] != ids[2]
    assert not Delivery.objects.filter(delivered_at=None).exists()


def test_one_the_receiver_chokes_on_steps_aside_and_is_given_up(
    cast: Cast, there: Receiver, subscribed: Subscribe
) -> None:
    row, _secret = subscribed("/ill")
    there.status["/ill"] = 400
    make_case(cast)
    make_case(cast)
    collect(at=NOW)
    at = NOW
    for _ in range(3):
        assert deliver_all(row, at) == 1
        at += timedelta(minutes=3)
    there.status["/ill"] = 200
    assert deliver_all(row, at) == 1
    first, second = Delivery.objects.order_by("id")
    assert (first.tried, first.delivered_at) == (3, None)
    assert second.delivered_at == at
    there.status["/ill"] = 400
    for _ in range(20):
        at += timedelta(hours=13)
        Subscription.objects.update(failing_since=None)
        deliver_all(row, at)
    first.refresh_from_db()
    assert (first.tried, first.next_at) == (len(RESTS), None)
    there.status["/ill"] = 200
    send_again(row.pk, first.pk, actor=cast.actor("administrator"), at=at)
    assert deliver_all(row, at) == 1


def test_a_target_that_fails_for_days_is_paused_and_resumed(
    cast: Cast, there: Receiver, subscribed: Subscribe
) -> None:
    row, _secret = subscribed("/ill")
    there.status["/ill"] = 503
    make_case(cast)
    collect(at=NOW)
    deliver_all(row)
    deliver_all(row, NOW + PATIENCE)
    row.refresh_from_db()
    assert row.paused_by_failure
    assert row.last_error == "503"
    assert due(NOW + 2 * PATIENCE) == []
    actor = cast.actor("administrator")
    with pytest.raises(IllegalMove):
        send_test(row.pk, actor=actor, at=NOW)
    there.status["/ill"] = 200
    later = NOW + 2 * PATIENCE
    resume(row.pk, actor=actor, at=later)
    assert deliver_all(row, later) == 1
    assert Delivery.objects.get().delivered_at == later


def test_gone_pauses_at_once(cast: Cast, there: Receiver, subscribed: Subscribe) -> None:
    row, _secret = subscribed("/gone")
    there.status["/gone"] = 410
    send_test(row.pk, actor=cast.actor("administrator"), at=NOW)
    deliver_all(row)
    row.refresh_from_db()
    assert row.paused_by_failure


@pytest.mark.parametrize(("path", "error"), [("/silent", "timeout"), ("/drip", "timeout")])
def test_slow_and_silent_receivers_are_left(
    cast: Cast, subscribed: Subscribe, monkeypatch: pytest.MonkeyPatch, path: str, error: str
) -> None:
    monkeypatch.setattr(sending, "LONGEST_SECONDS", 0.4)
    row, _secret = subscribed(path)
    send_test(row.pk, actor=cast.actor("administrator"), at=NOW)
    began = time.monotonic()
    deliver_all(row)
    assert time.monotonic() - began < 2
    assert Attempt.objects.get().error == error


def test_a_redirection_is_not_followed(cast: Cast, there: Receiver, subscribed: Subscribe) -> None:
    row, _secret = subscribed("/moved")
    there.status["/moved"] = 302
    send_test(row.pk, actor=cast.actor("administrator"), at=NOW)
    deliver_all(row)
    assert [path for path, _headers, _body in there.received] == ["/moved"]
    tried = Attempt.objects.get()
    assert (tried.status, tried.error) == (302, "redirect")


def test_a_closed_port_is_an_attempt_like_any_other(cast: Cast, subscribed: Subscribe) -> None:
    row, _secret = subscribed(url="http://127.0.0.1:9/hook")
    send_test(row.pk, actor=cast.actor("administrator"), at=NOW)
    deliver_all(row)
    assert Attempt.objects.get().error == "connection"


def test_a_new_secret_signs_beside_the_old_one_for_a_day(
    cast: Cast, there: Receiver, subscribed: Subscribe
) -> None:
    row, old = subscribed()
    actor = cast.actor("administrator")
    _row, new = rotate_secret(row.pk, actor=actor, at=NOW)
    assert old != new
    for at, signatures in ((NOW, 2), (NOW + OVERLAP, 1)):
        send_test(row.pk, actor=actor, at=at)
        deliver_all(row, at)
        assert len(there.received[-1][1]["webhook-signature"].split()) == signatures
    stored = Subscription.objects.get()
    assert old.encode() not in bytes(stored.secret) + bytes(stored.old_secret or b"")


def test_a_paused_and_a_removed_webhook_send_nothing(
    cast: Cast, there: Receiver, subscribed: Subscribe
) -> None:
    row, _secret = subscribed()
    actor = cast.actor("administrator")
    make_case(cast)
    collect(at=NOW)
    pause(row.pk, actor=actor, at=NOW)
    assert deliver_all(row) == 0
    resume(row.pk, actor=actor, at=timezone.now())
    unsubscribe(row.pk, actor=actor, at=NOW)
    assert not deliver_next(row.pk, at=NOW)
    assert there.received == []
