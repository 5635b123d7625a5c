"""E-mail through the city's own mail server: written by Django, handed over step by step.

Step by step, because what fails before the text has gone over may be tried again, and what fails
afterwards may have arrived.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr

from django.core.mail import EmailMessage

from linli.notices.channels.parcel import Access, Doubtful, Parcel, Rejected, Unreachable

SECONDS = 10.0


def send_mail(access: Access, parcel: Parcel) -> None:
    """Send one mail. ``plain``: ``host``, ``port``, ``security`` (none, starttls, tls),
    ``username``, ``sender``; ``secret``: ``password``.
    """
    sender = parseaddr(access.plain["sender"])[1]
    written = _written(access.plain["sender"], parcel)
    with _server(access, sender) as server:
        with _before_the_text():
            _judge(server.mail(sender)[0])
            _judge(server.rcpt(parcel.to)[0])
        try:
            _judge(server.data(written)[0])
        except smtplib.SMTPDataError as error:
            _judge(error.smtp_code)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise Doubtful("the mail server stopped answering") from error


def _written(sender: str, parcel: Parcel) -> bytes:
    domain = parseaddr(sender)[1].rpartition("@")[2]
    headers = {
        # The same for every try, so that a server that knows it already can drop it.
        "Message-ID": f"<{parcel.reference}@{domain}>",
        "Auto-Submitted": "auto-generated",
    } | ({"Importance": "high"} if parcel.urgent else {})
    subject = " ".join(parcel.subject.split())
    message = EmailMessage(subject, parcel.body, sender, [parcel.to], headers=headers)
    return bytes(message.message().as_bytes(policy=message.message().policy.clone(linesep="\r\n")))


@contextmanager
def _server(access: Access, sender: str) -> Iterator[smtplib.SMTP]:
    """Open a connection, safe and signed in as the gateway says, and close it whatever happens."""
    given = access.plain
    tls = ssl.create_default_context()
    name = sender.rpartition("@")[2]
    with _before_the_text():
        place = (given["host"], int(given["port"]), name)
        if given.get("security") == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(*place, timeout=SECONDS, context=tls)
        else:
            server = smtplib.SMTP(*place, timeout=SECONDS)
    try:
        with _before_the_text():
            server.ehlo_or_helo_if_needed()
            if given.get("security") == "starttls":
                server.starttls(context=tls)
                server.ehlo()
            if given.get("username"):
                server.login(given["username"], access.secret.get("password", ""))
        yield server
    finally:
        with suppress(OSError):
            server.close()


@contextmanager
def _before_the_text() -> Iterator[None]:
    """Tell what fails while nothing has been handed over yet."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise Unreachable(f"the mail server refused the sign-in ({error.smtp_code})") from error
    except ssl.SSLError as error:
        raise Unreachable("no safe connection to the mail server") from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(f"the mail server can't be reached ({type(error).__name__})") from error


def _judge(code: int) -> None:
    if 200 <= code < 300:
        return
    if 400 <= code < 500:
        raise Unreachable(f"the mail server asked to wait ({code})")
    raise Rejected(f"the mail server refused it ({code})")
