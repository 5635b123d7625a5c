"""The pages: one's own notices, the bell, preferences, and the administrator's."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from linli.accounts.models import ApiToken
from linli.accounts.scope import acting
from linli.accounts.tokens import digest_of, new_token
from linli.audit.models import Entry
from linli.kernel.errors import Invalid
from linli.notices.actions.edit_text import edit_text
from linli.notices.actions.forget_old import forget_old
from linli.notices.actions.send import Contact, notify
from linli.notices.lifecycle import CHOSEN, KINDS
from linli.notices.models import (
    Gateway,
    Habits,
    Message,
    Notice,
    Preference,
    QuietHours,
    StreamEvent,
    Text,
)
from linli.notices.texts import check, filled
from linli.notices.words import FIELD_WORDS, KIND_WORDS
from tests.cast import LONGMENLI, TUESDAY, Cast, make_case, unit_id

BACKEND = "linli.accounts.backend.RoleBackend"
ADMINISTRATOR = ["/notices/outbox/", "/notices/texts/", "/notices/channels/",
                 "/notices/texts/assigned/mail/", "/notices/channels/new/mail/"]  # fmt: skip


def client(cast: Cast, name: str, **more: Any) -> Client:
    made = Client(**more)
    made.force_login(cast.users[name], backend=BACKEND)
    return made


def tell(cast: Cast, name: str, count: int = 1, **more: Any) -> None:
    for number in range(count):
        given = {"about": ("case", "x"), "number": f"N{number}", "key": str(number), **more}
        at = TUESDAY - timedelta(minutes=number)
        notify("assigned", to_users=[cast.users[name].id], at=at, **given)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_list_goes_page_by_page(cast: Cast) -> None:
    tell(cast, "clerk", 35)
    me = client(cast, "clerk")
    first = me.get("/notices/")
    assert text(first).count("notice-item ") == 30
    after = first.context["page"].after
    second = me.get("/notices/", {"after": after})
    assert text(second).count("notice-item ") == 5
    assert me.get("/notices/", {"after": "nonsense"}).status_code == 200
    assert text(client(cast, "director").get("/notices/")).count("notice-item") == 0


def test_opening_one_marks_it_read_and_leads_there(cast: Cast) -> None:
    case = make_case(cast)
    tell(cast, "clerk", about=("case", case.id))
    notice = Notice.objects.get()
    assert client(cast, "director").get(f"/notices/{notice.id}/").status_code == 404
    me = client(cast, "clerk")
    assert me.get("/notices/bell/").json() == {
        "unread": 1,
        "newest": {
            "id": str(notice.id), "subject": "事项已分派，请接收", "text": "N0", "urgent": False,
            "url": f"/notices/{notice.id}/",
        },
    }  # fmt: skip
    answer = me.get(f"/notices/{notice.id}/")
    assert answer.headers["Location"] == f"/cases/{case.id}/"
    assert me.get("/notices/bell/").json() == {"unread": 0, "newest": None}
    assert list(StreamEvent.objects.values_list("kind", flat=True)) == ["notice", "read"]


def test_all_are_marked_read(cast: Cast) -> None:
    tell(cast, "clerk", 3)
    tell(cast, "director")
    assert client(cast, "clerk").post("/notices/read/").status_code == 302
    assert Notice.objects.filter(read_at=None).count() == 1


def test_preferences_keep_only_departures(cast: Cast) -> None:
    me = client(cast, "clerk")
    page = me.get("/notices/preferences/")
    form = page.context["form"]
    data = {name: "on" for name, field in form.fields.items() if field.initial is True}
    data |= {"rest": "own", "quiet_from": "20:00", "quiet_until": "08:30"}
    del data["reminded:mail"]
    data["assigned:sms"] = "on"
    assert me.post("/notices/preferences/", data).status_code == 302
    rows = set(Preference.objects.values_list("kind", "channel", "wanted"))
    assert rows == {("reminded", "mail", False), ("assigned", "sms", True)}
    assert str(QuietHours.objects.get().quiet_until) == "08:30:00"
    assert Entry.objects.filter(event="notice.prefer").exists()
    wrong = me.post("/notices/preferences/", {"rest": "own"})
    assert wrong.status_code == 422
    data["rest"] = "city"
    me.post("/notices/preferences/", data)
    assert not QuietHours.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_only_the_citys_administrator_keeps_notices(cast: Cast, language: str) -> None:
    tell(cast, "clerk")
    shown = client(cast, "administrator", headers={"accept-language": language})
    other = client(cast, "director")
    for path in [*ADMINISTRATOR, f"/notices/outbox/{Message.objects.get().id}/"]:
        assert shown.get(path).status_code == 200, path
        assert other.get(path).status_code == 403, path
    with acting(cast.actor("director")):
        assert not Message.objects.exists()
        assert not Notice.objects.exists()
    with acting(cast.actor("administrator")):
        assert Message.objects.count() == 1


def test_the_outbox_masks_residents_and_shows_why(cast: Cast) -> None:
    contact = Contact(phone="13912345678")
    notify("resident_closed", to_contact=contact, about=("case", "x"), at=TUESDAY, rule="agreed")
    me = client(cast, "administrator")
    page = text(me.get("/notices/outbox/"))
    assert "13912345678" not in page
    assert "139******78" in page
    assert "agreed" in page
    message = Message.objects.get()
    assert "13912345678" in text(me.get(f"/notices/outbox/{message.id}/"))  # it has not left
    Message.objects.update(state="sent")
    assert "13912345678" not in text(me.get(f"/notices/outbox/{message.id}/"))
    assert me.post(f"/notices/outbox/{message.id}/again/").status_code == 409
    Message.objects.update(state="unsure")
    assert me.post(f"/notices/outbox/{message.id}/again/").status_code == 302
    assert text(me.get("/notices/outbox/?state=queued")).count("row-link") == 1
    assert text(me.get("/notices/outbox/?state=failed")).count("row-link") == 0


def test_a_text_is_changed_previewed_and_reset(cast: Cast) -> None:
    me = client(cast, "administrator")
    url = "/notices/texts/assigned/mail/"
    data = {
        "subject_zh_hans": "新任务 {number}", "body_zh_hans": "请办理 {number}。",
        "subject_en": "New {number}", "body_en": "Please do {number}.",
    }  # fmt: skip
    shown = me.post(url, data | {"preview": "1"})
    assert "新任务 620302003-2026-000123" in text(shown)
    assert not Text.objects.filter(subject__contains="新任务").exists()
    title = me.post(url, data | {"body_en": "{title}"})
    assert title.status_code == 422
    assert "{title}" in text(title)
    assert me.post(url, data).status_code == 302
    tell(cast, "clerk")
    assert Text.objects.get(kind="assigned", channel="mail", language="en").body == data["body_en"]
    me.post(f"{url}reset/")
    assert not Text.objects.filter(subject__contains="新任务").exists()
    assert Entry.objects.filter(event__startswith="notice.").count() == 2


def test_gateways_and_habits(cast: Cast) -> None:
    me = client(cast, "administrator")
    robot = {
        "name": "龙门里群", "url": "https://oapi.dingtalk.com/robot/send?access_token=T0KEN",
        "signing": "SECxyz", "unit": str(unit_id(cast, LONGMENLI)), "kinds": ["assigned"],
        "is_on": "on",
    }  # fmt: skip
    wrong = me.post("/notices/channels/new/dingtalk/", robot | {"url": "file:///etc/passwd"})
    assert wrong.status_code == 422
    assert me.post("/notices/channels/new/dingtalk/", robot).status_code == 302
    made = Gateway.objects.get()
    for page in ("/notices/channels/", f"/notices/channels/{made.pk}/"):
        assert "T0KEN" not in text(me.get(page))
        assert "SECxyz" not in text(me.get(page))
    assert me.post(f"/notices/channels/{made.pk}/", robot | {"url": ""}).status_code == 302
    assert me.post(f"/notices/channels/{made.pk}/try/").status_code == 302
    assert Message.objects.get().kind == "test"
    assert me.post(f"/notices/channels/{made.pk}/remove/").status_code == 302
    assert Message.objects.get().state == "outbox"
    assert "T0KEN" not in "".join(str(entry.facts) for entry in Entry.objects.all())
    habits = {"quiet_from": "22:00", "quiet_until": "06:00", "gather_minutes": 5, "keep_days": 90}
    assert me.post("/notices/channels/", habits).status_code == 302
    assert Habits.objects.get().keep_days == 90
    assert me.post("/notices/channels/", habits | {"keep_days": 1}).status_code == 422


def test_what_was_told_is_forgotten(cast: Cast) -> None:
    tell(cast, "clerk")
    Message.objects.update(state="sent", ended_at=TUESDAY)
    forget_old(at=TUESDAY + timedelta(days=31))
    assert bytes(Message.objects.get().sealed) == b""
    assert Notice.objects.exists()
    me = client(cast, "administrator")
    assert me.get(f"/notices/outbox/{Message.objects.get().id}/").status_code == 200
    forget_old(at=TUESDAY + timedelta(days=181))
    assert not Message.objects.exists()
    assert not Notice.objects.exists()


def test_the_api_gives_ones_own(cast: Cast) -> None:
    tell(cast, "clerk", 3)
    raw = new_token()
    token = ApiToken.objects.create(
        user=cast.users["clerk"], name="n", digest=digest_of(raw), scopes=["notices:read"],
        expires_at="2030-01-01T00:00:00Z",
    )  # fmt: skip
    program = Client(headers={"Authorization": f"Bearer {raw}"})
    page = program.get("/api/v1/notices", {"limit": 2}).json()
    assert (len(page["notices"]), page["unread"]) == (2, 3)
    rest = program.get("/api/v1/notices", {"after": page["next"]}).json()
    assert (len(rest["notices"]), rest["next"]) == (1, None)
    one = page["notices"][0]["id"]
    assert program.post(f"/api/v1/notices/{one}/read").status_code == 403
    token.scopes = ["notices:read", "notices:write"]
    token.save()
    assert program.post(f"/api/v1/notices/{one}/read").json()["read_at"]
    assert program.post("/api/v1/notices/read").json() == {"marked": 2}


def test_every_text_there_is_may_be_saved_as_it_is(cast: Cast) -> None:
    assert {kind for kind, _word in KIND_WORDS} == set(KINDS)
    for kind, known in KINDS.items():
        assert set(known.fields) <= set(FIELD_WORDS)
        rows = Text.objects.filter(kind=kind)
        assert set(known.channels) <= {row.channel for row in rows}, kind
        assert kind not in CHOSEN or {row.channel for row in rows} == {
            "app",
            "mail",
            "sms",
            "robot",
        }
        for channel in {row.channel for row in rows}:
            said = {r.language: (r.subject, r.body) for r in rows if r.channel == channel}
            assert set(said) == {"zh-hans", "en"}
            edit_text(kind, channel, said, actor=cast.actor("administrator"), at=TUESDAY)


@pytest.mark.parametrize("wrong", ["{nothing}", "{number", "number}", "{}", "{number.secret}"])
def test_fields_are_checked(wrong: str, db: None) -> None:
    with pytest.raises(Invalid):
        check(wrong, ["number"], "body")


def test_words_put_in_are_never_read_as_fields() -> None:
    assert filled("{number} {title}", {"number": "{title}", "title": "x"}, "en") == "{title} x"


def test_the_content_policy_names_the_stream_and_nothing_more(cast: Cast) -> None:
    answer = client(cast, "clerk").get("/notices/")
    policy = dict(
        part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";")
    )
    names = [f"http://{name}:{settings.STREAM_PORT}" for name in ("127.0.0.1", "localhost")]
    assert policy["connect-src"].split() == ["'self'", *names]
    assert f'data-stream=":{settings.STREAM_PORT}/stream/"' in text(answer)
