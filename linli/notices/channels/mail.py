"""E-mail through the city's own mail server, by Django's SMTP backend."""

import smtplib
import ssl
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from linli.notices.channels.parcel import Access, Doubtful, Parcel, Rejected, Unreachable

SECONDS = 10


def send_mail(access: Access, parcel: Parcel) -> None:
    """Send one mail. ``plain``: ``host``, ``port``, ``security`` (none, starttls, tls),
    ``username``, ``sender``; ``secret``: ``password``.
    """
    server = _server(access)
    _open(server)
    message = EmailMessage(
        " ".join(parcel.subject.split()),
        parcel.body,
        access.plain["sender"],
        [parcel.to],
        headers=_headers(access, parcel),
        connection=server,
    )
    try:
        server.send_messages([message])
    except smtplib.SMTPResponseException as error:
        _judge(error.smtp_code)
    except smtplib.SMTPRecipientsRefused as error:
        _judge(max(code for code, _text in error.recipients.values()))
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        # Perhaps before the text had gone over, perhaps after: the server alone knows.
        raise Doubtful("the mail server stopped answering") from error
    finally:
        server.close()


def _server(access: Access) -> EmailBackend:
    given = access.plain
    return EmailBackend(
        host=given["host"],
        port=int(given["port"]),
        username=given.get("username", ""),
        password=access.secret.get("password", ""),
        use_tls=given.get("security") == "starttls",
        use_ssl=given.get("security") == "tls",
        timeout=SECONDS,
    )


def _open(server: EmailBackend) -> None:
    try:
        server.open()
    except smtplib.SMTPAuthenticationError as error:
        raise Unreachable(f"the mail server refused the sign-in ({error.smtp_code})") from error
    except ssl.SSLError as error:
        raise Unreachable("no safe connection to the mail server") from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(f"the mail server can't be reached ({type(error).__name__})") from error


def _headers(access: Access, parcel: Parcel) -> dict[str, str]:
    domain = parseaddr(access.plain["sender"])[1].rpartition("@")[2] or "linli"
    headers = {
        # The same for every try, so that a server that knows it already can drop it.
        "Message-ID": f"<{parcel.reference}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    return headers | ({"Importance": "high"} if parcel.urgent else {})


def _judge(code: int) -> None:
    if 400 <= code < 500:
        raise Unreachable(f"the mail server asked to wait ({code})")
    raise Rejected(f"the mail server refused it ({code})")
