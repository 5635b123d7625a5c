"""A watched mailbox on a real IMAP server: letters become cases once; machines' mail does not."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from imap_tools import MailMessage

from linli.cases.actions.parties import opened
from linli.cases.models import Attachment, Case, Party
from linli.exchange.models import AllowedHost
from linli.intake.actions.read_mailbox import read_mailbox, take_mail
from linli.intake.actions.set_channel import add_source
from linli.intake.channel_models import Received, Source
from linli.intake.tests.post_office import PASSWORD, USER, PostOffice, post_office
from tests.cast import BEIJING_ROAD, CITY, LONGMENLI, Cast, make_cast

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostOffice]:
    with post_office(tmp_path_factory.mktemp("mail")) as found:
        yield found


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def source(cast: Cast, office: PostOffice, monkeypatch: pytest.MonkeyPatch, settings: object,
           tmp_path: Path) -> Source:  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", str(office.certificate))
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    AllowedHost.objects.create(host="localhost", reason="test", at=timezone.now())
    given = {
        "name": "信访邮箱", "area": CITY, "kind": "request", "host": "localhost",
        "port": office.port, "security": "starttls", "user": USER, "password": PASSWORD,
        "folder": "INBOX",
    }  # fmt: skip
    actor = cast.actor("administrator")
    made, _token = add_source("mailbox", given, actor=actor, at=timezone.now())
    # The first look only notes where it begins.
    assert read_mailbox(made, at=timezone.now()) == 0
    made.refresh_from_db()
    assert made.failure == ""
    return made


def mail(subject: str, text: str = "", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = headers.pop("From", "王小明 <wang@example.com>")
    message["Subject"] = subject
    message["Message-ID"] = headers.pop("id", f"<{subject.encode().hex()}@example.com>")
    message["Date"] = format_datetime(timezone.now())
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def test_letters_become_cases_once_at_the_lowest_desk(
    cast: Cast, office: PostOffice, source: Source
) -> None:
    letter = mail("回复：楼道灯坏了", "龙门里社区三号楼的楼道灯坏了一个星期，晚上老人下楼很危险。")
    letter.add_attachment(PDF, maintype="application", subtype="pdf", filename="申请.pdf")
    letter.add_attachment(b"MZ\x90", maintype="application", subtype="exe", filename="virus.exe")
    office.put(letter.as_bytes())
    html = mail("噪声")
    html.set_content("<p>北京路街道<b>夜里</b>施工</p><script>x()</script>", subtype="html")
    office.put(html.as_bytes())
    office.put(letter.as_bytes())
    office.put(mail("外出", "我在休假", Auto_Submitted="auto-replied").as_bytes())
    office.put(mail("", "").as_bytes())
    assert read_mailbox(source, at=timezone.now()) == 2
    first, second = Case.objects.order_by("number")
    by_title = {case.title: case for case in (first, second)}
    case = by_title["楼道灯坏了"]
    assert (case.area_id, case.holder.area_id, case.channel) == (LONGMENLI, LONGMENLI, "online")
    assert "virus.exe" in case.description
    assert Attachment.objects.get().name == "申请.pdf"
    party = opened(Party.objects.get(case=case))
    assert (party["name"], party["address"]) == ("王小明", "wang@example.com")
    other = by_title["噪声"]
    assert other.description == "北京路街道夜里施工"
    assert other.holder.area_id == BEIJING_ROAD
    told = sorted(Received.objects.values_list("outcome", "reason"))
    assert told == [
        ("case", ""), ("case", ""), ("ignored", "automatic"), ("refused", "empty"),
    ]  # fmt: skip
    source.refresh_from_db()
    assert source.succeeded_at
    assert read_mailbox(source, at=timezone.now()) == 0
    # The server numbers its mails anew: they are known by their Message-ID.
    source.state = {"validity": 1, "uid": 10**6}
    source.save()
    assert read_mailbox(source, at=timezone.now()) == 0
    assert Case.objects.count() == 2


def test_a_wrong_password_and_an_unknown_certificate_are_told(
    cast: Cast, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    read_mailbox(source, at=timezone.now())
    source.refresh_from_db()
    assert "证书" in source.failure or "certificate" in source.failure
    AllowedHost.objects.all().delete()
    read_mailbox(source, at=timezone.now())
    source.refresh_from_db()
    assert source.failed_at
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast.users["administrator"], backend="linli.accounts.backend.RoleBackend")
    assert source.failure in client.get(f"/connections/in/{source.pk}/").text


@pytest.mark.parametrize(
    ("headers", "outcome", "reason"),
    [
        ({"From": "MAILER-DAEMON@example.com"}, "ignored", "bounce"),
        ({"Return_Path": "<>"}, "ignored", "bounce"),
        ({"From": f"Office <{USER}>"}, "ignored", "loop"),
        ({"X_Linli": "1"}, "ignored", "loop"),
        ({"Precedence": "bulk"}, "ignored", "automatic"),
        ({"From": "no-reply@example.com"}, "ignored", "automatic"),
        ({"List_Id": "<all.example.com>"}, "ignored", "mailing_list"),
        ({"Date_": "x"}, "case", ""),
    ],
)  # fmt: skip
def test_mail_of_machines_is_left_out(
    source: Source, headers: dict[str, str], outcome: str, reason: str
) -> None:
    message = MailMessage.from_bytes(mail("龙门里社区漏水", "水", **headers).as_bytes())
    take_mail(source, message, b"1:1", at=timezone.now())
    told = Received.objects.get()
    assert (told.outcome, told.reason) == (outcome, reason)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\xff\xfe\x00", b"Subject: =?x?y?z?=\r\n\r\n\x00\x00", b"From: <<<>>\r\n\r\nx",
        b"Content-Type: multipart/mixed; boundary=b\r\nSubject: s\r\n\r\n--b\r\nContent-Type:",
        "Subject: 中文 without coding\r\n\r\n正文".encode("gb18030"),
    ],
)  # fmt: skip
def test_broken_mail_is_set_aside_or_read_but_never_stops_us(source: Source, raw: bytes) -> None:
    later = timezone.now()
    Source.objects.filter(pk=source.pk).update(created_at=later - timedelta(days=30_000))
    source.refresh_from_db()
    take_mail(source, MailMessage.from_bytes(raw), b"1:1", at=later)
    assert Received.objects.count() == 1


def test_one_sender_cannot_flood_the_desk(source: Source) -> None:
    for number in range(22):
        message = mail(f"龙门里社区第{number}件", "事")
        take_mail(source, MailMessage.from_bytes(message.as_bytes()), b"1", at=timezone.now())
    assert Case.objects.count() == 20
    assert Received.objects.filter(reason="flood").count() == 2
