"""Notify: who is told what by which channel, once, and when it may leave the house."""

from datetime import timedelta
from typing import Any

from linli.accounts.actor import desk_actor
from linli.accounts.scope import acting
from linli.notices.actions.pack import opened
from linli.notices.actions.send import Contact, notify
from linli.notices.actions.set_preferences import Hours, set_preferences
from linli.notices.lifecycle import KINDS
from linli.notices.models import Message, Notice, StreamEvent
from tests.cast import BEIJING_ROAD, TUESDAY, Cast, unit_id

WORDS: dict[str, Any] = {
    "number": "620302003-2026-000001", "title": "张三与李四", "kind": "纠纷", "unit": "北京路街道",
    "due": TUESDAY,
}  # fmt: skip
NIGHT = TUESDAY + timedelta(hours=13)  # eleven in the evening


def tell(cast: Cast, *names: str, kind: str = "assigned", **more: Any) -> None:
    ids = [cast.users[name].id for name in names]
    given = {"about": ("case", "x"), "at": TUESDAY, **WORDS, **more}
    notify(kind, to_users=ids, **given)


def test_it_stands_in_the_app_and_a_mail_waits(cast: Cast) -> None:
    tell(cast, "director", "clerk")
    notice = Notice.objects.get(user=cast.users["director"])
    assert notice.subject == "事项已分派，请接收"
    assert notice.body == "620302003-2026-000001 张三与李四"
    mail = Message.objects.get(user=cast.users["clerk"])
    assert mail.not_before == TUESDAY + timedelta(minutes=10)
    content = opened(mail)
    assert content["to"] == "clerk@linli.example"
    assert "620302003-2026-000001" in content["body"]
    assert "2026-03-10 10:00" in content["body"]
    assert StreamEvent.objects.count() == 2


def test_what_residents_wrote_stays_in_the_house(cast: Cast) -> None:
    for kind in KINDS:
        tell(cast, "director", kind=kind, key=kind, rule="all", urgent=True)
    assert Message.objects.exists()
    for message in Message.objects.all():
        assert "张三" not in "".join(opened(message).values())
        assert "张三" not in bytes(message.sealed).decode("latin-1")


def test_the_same_occasion_is_told_once(cast: Cast) -> None:
    tell(cast, "director", key="one")
    tell(cast, "director", "clerk", key="one")
    tell(cast, "director", key="two")
    assert Notice.objects.filter(user=cast.users["director"]).count() == 2
    assert Notice.objects.filter(user=cast.users["clerk"]).count() == 1
    assert Message.objects.filter(user=cast.users["director"], channel="mail").count() == 2


def test_people_choose_what_reaches_them(cast: Cast) -> None:
    wishes = {("assigned", "app"): False, ("assigned", "mail"): False, ("assigned", "sms"): True}
    set_preferences(wishes, hours=None, actor=cast.actor("director"), at=TUESDAY)
    tell(cast, "director", "clerk")
    assert not Notice.objects.filter(user=cast.users["director"]).exists()
    assert [m.channel for m in Message.objects.filter(user=cast.users["director"])] == ["sms"]
    assert Notice.objects.filter(user=cast.users["clerk"]).exists()


def test_they_wait_in_quiet_hours_unless_urgent(cast: Cast) -> None:
    tell(cast, "director", at=NIGHT, key="calm")
    tell(cast, "director", at=NIGHT, key="urgent", urgent=True)
    calm = Message.objects.get(key__endswith="assigned:calm")
    urgent = Message.objects.get(key__endswith="assigned:urgent")
    assert calm.not_before == TUESDAY + timedelta(hours=21)  # seven in the morning
    assert urgent.not_before == NIGHT


def test_ones_own_quiet_hours_hold_instead(cast: Cast) -> None:
    hours = Hours((TUESDAY + timedelta(hours=8)).time(), (TUESDAY + timedelta(hours=8)).time())
    set_preferences({}, hours=hours, actor=cast.actor("director"), at=TUESDAY)
    tell(cast, "director", at=NIGHT, key="calm")
    assert Message.objects.get(channel="mail").not_before == NIGHT + timedelta(minutes=10)


def test_a_resident_is_told_where_they_agreed(cast: Cast) -> None:
    contact = Contact(phone="13912345678", language="en")
    actor = desk_actor(unit_id(cast, BEIJING_ROAD), BEIJING_ROAD)
    with acting(actor):
        notify(
            "resident_resolved", to_contact=contact, about=("case", "x"), at=TUESDAY,
            link="https://linli.example/r/abc", number="1", unit="北京路街道",
        )  # fmt: skip
    message = Message.objects.get()
    assert (message.channel, message.user, message.not_before) == ("sms", None, TUESDAY)
    content = opened(message)
    assert content["to"] == "13912345678"
    assert content["body"].startswith("Your matter 1 was resolved by 北京路街道.")
    assert "13912345678" not in message.target


def test_nobody_who_left_is_told(cast: Cast) -> None:
    cast.users["clerk"].is_active = False
    cast.users["clerk"].save()
    tell(cast, "clerk")
    assert not Notice.objects.exists()
    assert not Message.objects.exists()
