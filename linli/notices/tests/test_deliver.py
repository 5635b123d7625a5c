"""Deliver: what waits leaves the house once, together, and trouble costs nobody else anything."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from linli.audit.models import Entry
from linli.kernel import crypto
from linli.kernel.crypto import sealed_with_newest, unseal
from linli.notices.actions import deliver as delivering
from linli.notices.actions.deliver import claim, deliver, give_up_on_lost
from linli.notices.actions.forget_old import reseal
from linli.notices.actions.mark_sent import MOST_ATTEMPTS
from linli.notices.actions.send import Contact, notify
from linli.notices.actions.send_again import send_again
from linli.notices.actions.set_gateway import GatewayData, add_gateway, change_gateway
from linli.notices.actions.try_gateway import try_gateway
from linli.notices.channels import http, mail
from linli.notices.models import Gateway, Message
from linli.notices.queries.outbox import channels_due
from linli.notices.tests.servers import (
    Heard,
    Mailbox,
    http_server,
    silent_server,
    smtp_server,
    text_of,
)
from tests.cast import LONGMENLI, TUESDAY, Cast, unit_id

LATER = TUESDAY + timedelta(minutes=11)
MAIL = {"security": "none", "username": "", "sender": "邻里 <linli@jinchang.example>"}


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with smtp_server() as made:
        yield made


@pytest.fixture
def web() -> Iterator[Heard]:
    with http_server() as made:
        yield made


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nobody's server longer than a test may."""
    monkeypatch.setattr(mail, "SECONDS", 0.3)
    monkeypatch.setattr(http, "SECONDS", 0.3)


def gateway(cast: Cast, sort: str, **given: Any) -> Gateway:
    unit, kinds = given.pop("unit", None), given.pop("kinds", ())
    data = GatewayData(sort, {name: str(value) for name, value in given.items()}, True, unit, kinds)
    return add_gateway(sort, data, actor=cast.actor("administrator"), at=TUESDAY)


def mail_gateway(cast: Cast, port: int, **more: Any) -> Gateway:
    return gateway(cast, "mail", host="127.0.0.1", port=port, **MAIL | more)


def sms_gateway(cast: Cast, url: str, **more: Any) -> Gateway:
    given = {
        "form": "json", "token": "s3cret", "headers": "Authorization: Bearer {secret}",
        "body": '{"to": "{phone}", "say": "{text}", "id": "{reference}"}',
    }  # fmt: skip
    return gateway(cast, "sms", url=url, **given | more)


def tell(cast: Cast, *names: str, at: datetime = TUESDAY, **more: Any) -> None:
    words = {"number": "000123", "kind": "纠纷", "unit": "北京路", "due": TUESDAY}
    ids = [cast.users[name].id for name in names]
    notify("assigned", to_users=ids, about=("case", "x"), at=at, **words | more)


def text_resident(key: str = "one", phone: str = "13912345678") -> Message:
    notify(
        "resident_closed", to_contact=Contact(phone=phone), about=("case", "x"), at=TUESDAY,
        key=key, number='12"3', link="https://linli.example/r/1",
    )  # fmt: skip
    return Message.objects.get(key__endswith=f":{key}")


def state(message: Message) -> str:
    return Message.objects.get(pk=message.pk).state


def test_without_a_gateway_it_lies_in_the_outbox(cast: Cast) -> None:
    tell(cast, "clerk")
    assert channels_due(LATER) == ["mail"]
    assert deliver("mail", at=TUESDAY) == 0
    assert deliver("mail", at=LATER) == 1
    message = Message.objects.get()
    assert (message.state, message.attempts) == ("outbox", 1)
    entry = Entry.objects.filter(event="notice.deliver").get()
    assert "clerk@" not in str(entry.facts)
    assert str(message.pk) in str(entry.facts)


def test_one_mail_instead_of_many(cast: Cast, box: Mailbox) -> None:
    mail_gateway(cast, box.port)
    for number in range(20):
        tell(cast, "clerk", key=str(number), number=f"00{number:04}")
    tell(cast, "director", key="other")
    assert deliver("mail", at=LATER) == 2
    assert deliver("mail", at=LATER) == 0
    mails = {str(one["To"]): one for one in box.mails}
    assert len(box.mails) == 2
    digest = text_of(mails["clerk@linli.example"])
    assert "20 条通知" in mails["clerk@linli.example"]["Subject"]
    assert all(f"00{number:04}" in digest for number in range(20))
    assert "000123" in mails["director@linli.example"]["Subject"]
    assert set(Message.objects.filter(channel="mail").values_list("state", flat=True)) == {"sent"}


def test_the_password_is_sent_and_never_kept_readable(cast: Cast) -> None:
    with smtp_server("open sesame") as box:
        made = mail_gateway(cast, box.port, username="linli", password="open sesame")
        assert b"sesame" not in bytes(made.secret)
        tell(cast, "clerk")
        deliver("mail", at=LATER)
        assert len(box.mails) == 1
        assert Gateway.objects.get().last_sent_at


def test_a_refused_receiver_fails_and_others_do_not(cast: Cast, box: Mailbox) -> None:
    mail_gateway(cast, box.port)
    tell(cast, "clerk")
    box.recipient_answer = "550 no such mailbox"
    deliver("mail", at=LATER)
    box.recipient_answer = ""
    tell(cast, "director")
    deliver("mail", at=LATER)
    clerk, director = (
        Message.objects.get(user__name=n, channel="mail") for n in ("clerk", "director")
    )
    assert (clerk.state, clerk.error) == ("failed", "the mail server refused it (550)")
    assert director.state == "sent"


def test_a_busy_server_is_asked_again_later_and_later(cast: Cast, box: Mailbox) -> None:
    mail_gateway(cast, box.port)
    tell(cast, "clerk", "director")
    box.answer = "451 try later"
    assert deliver("mail", at=LATER) == 1  # the second one is not even tried
    made = Gateway.objects.get()
    assert made.failures == 1
    assert made.paused_until
    waiting = Message.objects.filter(state="queued", channel="mail")
    assert waiting.count() == 2
    waiting.update(not_before=TUESDAY)
    assert "mail" not in channels_due(TUESDAY + timedelta(seconds=5))
    box.answer = "250 OK"
    Gateway.objects.update(paused_until=None)
    box.mails.clear()
    assert deliver("mail", at=LATER + timedelta(minutes=5)) == 2
    assert len(box.mails) == 2
    assert not waiting.exists()


def test_tries_end(cast: Cast) -> None:
    with silent_server() as port:
        pass  # nobody listens there any more
    mail_gateway(cast, port)
    tell(cast, "clerk")
    for _try in range(MOST_ATTEMPTS):
        Gateway.objects.update(paused_until=None)
        Message.objects.update(not_before=TUESDAY)
        deliver("mail", at=LATER)
    message = Message.objects.get()
    assert (message.state, message.attempts) == ("failed", MOST_ATTEMPTS)
    send_again(message.pk, actor=cast.actor("administrator"), at=LATER)
    assert state(message) == "queued"


@pytest.mark.usefixtures("impatient")
def test_a_mail_server_that_never_greets_is_tried_again(cast: Cast) -> None:
    with silent_server() as port:
        mail_gateway(cast, port)
        tell(cast, "clerk", "director")
        assert deliver("mail", at=LATER) == 1
    assert Message.objects.filter(state="queued").count() == 2
    assert "can't be reached" in Gateway.objects.get().last_error


@pytest.mark.usefixtures("impatient")
def test_a_mail_server_that_falls_silent_after_the_text(
    cast: Cast, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(_box: Mailbox, *_given: object) -> str:
        await asyncio.sleep(2)
        return "250 OK"

    monkeypatch.setattr(Mailbox, "handle_DATA", silent)
    mail_gateway(cast, box.port)
    tell(cast, "clerk")
    deliver("mail", at=LATER)
    assert Message.objects.get().state == "unsure"


@pytest.mark.usefixtures("impatient")
def test_an_answer_that_never_comes_leaves_a_doubt_and_nothing_is_sent_twice(cast: Cast) -> None:
    with silent_server() as port:
        sms_gateway(cast, f"http://127.0.0.1:{port}/")
        first, second = text_resident("one"), text_resident("two", "13900000000")
        assert deliver("sms", at=LATER) == 1
        assert sorted([state(first), state(second)]) == ["queued", "unsure"]
        Gateway.objects.update(paused_until=None)
        assert deliver("sms", at=LATER) == 1
        assert deliver("sms", at=LATER + timedelta(days=1)) == 0
    assert {state(first), state(second)} == {"unsure"}


def test_a_worker_killed_between_sending_and_marking(cast: Cast, web: Heard) -> None:
    sms_gateway(cast, web.url)
    message = text_resident()
    (claimed,) = claim("sms", message.target, at=LATER)
    assert claimed.pk == message.pk  # and here the worker dies
    assert deliver("sms", at=LATER) == 0
    assert give_up_on_lost(at=LATER + timedelta(seconds=30)) == 0
    assert give_up_on_lost(at=LATER + timedelta(minutes=3)) == 1
    assert state(message) == "unsure"
    assert deliver("sms", at=LATER + timedelta(minutes=3)) == 0
    send_again(message.pk, actor=cast.actor("administrator"), at=LATER)
    assert deliver("sms", at=LATER) == 1
    assert state(message) == "sent"
    assert len(web.requests) == 1


def test_sms_in_the_words_of_the_provider(cast: Cast, web: Heard) -> None:
    sms_gateway(cast, web.url, expect='"errcode": 0')
    message = text_resident()
    deliver("sms", at=LATER)
    _path, headers, _body = web.requests[0]
    (body,) = web.bodies()
    assert headers["Authorization"] == "Bearer s3cret"
    assert body["to"] == "13912345678"
    assert '12"3' in body["say"]
    assert body["id"] == str(message.pk)
    web.answer = '{"errcode": 7}'
    other = text_resident("two")
    deliver("sms", at=LATER)
    assert state(other) == "failed"


def test_what_a_server_answers(cast: Cast, web: Heard) -> None:
    sms_gateway(cast, web.url)
    for status, expected in ((503, "queued"), (429, "queued"), (400, "failed"), (302, "failed")):
        web.status = status
        message = text_resident(str(status))
        Gateway.objects.update(paused_until=None)
        deliver("sms", at=LATER)
        assert state(message) == expected, status
        Message.objects.all().delete()


def test_a_gateway_that_raises_something_else_stops_nobody(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, web: Heard
) -> None:
    sms_gateway(cast, web.url)

    def broken(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(delivering.SENDERS, "sms", broken)  # type: ignore[call-overload]
    message = text_resident()
    deliver("sms", at=LATER)
    assert state(message) == "queued"
    assert Gateway.objects.get().last_error == "ZeroDivisionError"


def test_robots_speak_for_their_unit(cast: Cast, web: Heard) -> None:
    unit = unit_id(cast, LONGMENLI)
    gateway(cast, "wecom", url=web.url, unit=unit, kinds=["assigned"])
    gateway(cast, "dingtalk", url=web.url, signing="SECabc", unit=unit, kinds=["assigned"])
    tell(cast, to_units=[unit], key="here")
    tell(cast, to_units=[unit_id(cast, "6203")], key="elsewhere")
    assert deliver("robot", at=LATER) == 2
    assert [body["msgtype"] for body in web.bodies()] == ["text", "text"]
    assert all("000123" in body["text"]["content"] for body in web.bodies())
    paths = sorted(path for path, _headers, _body in web.requests)
    assert paths[0] == "/hook?key=secret"
    assert paths[1].startswith("/hook?key=secret&timestamp=17")
    assert "&sign=" in paths[1]


def test_a_robot_that_has_said_too_much_is_asked_later(cast: Cast, web: Heard) -> None:
    unit = unit_id(cast, LONGMENLI)
    gateway(cast, "wecom", url=web.url, unit=unit, kinds=["assigned"])
    tell(cast, to_units=[unit])
    web.answer = '{"errcode": 45009, "errmsg": "api freq out of limit"}'
    deliver("robot", at=LATER)
    assert Message.objects.get().state == "queued"
    Gateway.objects.update(paused_until=None)
    web.answer = '{"errcode": 93000, "errmsg": "invalid webhook url"}'
    deliver("robot", at=LATER + timedelta(minutes=2))
    assert Message.objects.get().state == "failed"


def test_a_trial_goes_to_the_one_who_asks(cast: Cast, box: Mailbox) -> None:
    made = mail_gateway(cast, box.port)
    try_gateway(made.pk, actor=cast.actor("administrator"), at=TUESDAY)
    assert deliver("mail", at=TUESDAY) == 1
    assert box.mails[0]["To"] == "administrator@linli.example"


def test_quiet_hours_are_asked_again_at_the_door(cast: Cast, box: Mailbox) -> None:
    mail_gateway(cast, box.port)
    tell(cast, "clerk", key="calm")
    tell(cast, "clerk", key="urgent", urgent=True)
    night = TUESDAY + timedelta(hours=14)
    assert deliver("mail", at=night) == 1
    assert "000123" in box.mails[0]["Subject"]
    calm = Message.objects.get(key__endswith=":calm")
    assert (calm.state, calm.not_before) == ("queued", TUESDAY + timedelta(hours=21))


def test_secrets_are_kept_replaced_and_sealed_anew(cast: Cast, web: Heard, settings: Any) -> None:
    made = sms_gateway(cast, web.url)
    same = GatewayData("sms", {**made.plain, "token": ""})
    change_gateway(made.pk, same, actor=cast.actor("administrator"), at=TUESDAY)
    assert unseal(Gateway.objects.get().secret, made.pk.bytes) == {"token": "s3cret"}
    settings.PERSONAL_KEYS = ["00" * 32, *settings.PERSONAL_KEYS]
    crypto.forget_keys()
    try:
        assert not sealed_with_newest(Gateway.objects.get().secret)
        assert reseal() == 1
        assert sealed_with_newest(Gateway.objects.get().secret)
        assert unseal(Gateway.objects.get().secret, made.pk.bytes) == {"token": "s3cret"}
    finally:
        crypto.forget_keys()
