"""An IMAP mailbox, read without changing anything in it."""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from imap_tools import MailBox, MailBoxStartTls, MailMessage
from imap_tools.mailbox import BaseMailBox

TIMEOUT = 15.0
MOST_BYTES = 25 * 1024 * 1024
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Access:
    """Where a mailbox is and how to come in; ``security`` is ``tls`` or ``starttls``."""

    host: str
    port: int
    security: str
    user: str
    password: str
    folder: str


@contextmanager
def opened(access: Access) -> Iterator[BaseMailBox]:
    """Open the mailbox for reading only; the certificate is checked.

    Raises ``imap_tools.MailboxLoginError``, ``ssl.SSLError``, ``OSError`` or ``imaplib`` errors.
    """
    context: ssl.SSLContext = httpx.create_ssl_context()
    kind = MailBoxStartTls if access.security == "starttls" else MailBox
    box = kind(access.host, access.port, timeout=TIMEOUT, ssl_context=context)
    with box.login(access.user, access.password, initial_folder=None):
        box.folder.set(access.folder, readonly=True)
        yield box


def validity(box: BaseMailBox, folder: str) -> tuple[int, int]:
    """Return the folder's UIDVALIDITY and the uid the next mail will have."""
    status = box.folder.status(folder, ["UIDVALIDITY", "UIDNEXT"])
    return int(status["UIDVALIDITY"]), int(status["UIDNEXT"])


def new_uids(box: BaseMailBox, after: int) -> list[int]:
    """Return the uids behind ``after``, in order."""
    # "n:*" always holds the last mail, even where n lies behind it.
    return sorted(int(uid) for uid in box.uids(f"UID {after + 1}:*") if int(uid) > after)


def size_of(box: BaseMailBox, uid: int) -> int:
    """Return a mail's size in bytes before it is fetched; 0 where it is gone."""
    _status, answer = box.client.uid("FETCH", str(uid), "(RFC822.SIZE)")
    for part in answer:
        text = part[0] if isinstance(part, tuple) else part
        if text and (found := _SIZE.search(text)):
            return int(found[1])
    return 0


def fetch(box: BaseMailBox, uid: int) -> MailMessage | None:
    """Return a whole mail; None where it is gone."""
    return next(iter(box.fetch(f"UID {uid}", mark_seen=False)), None)
