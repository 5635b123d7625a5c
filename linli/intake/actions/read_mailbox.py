"""Read a mailbox: each new letter becomes a case, once, whatever breaks in between."""

import imaplib
import logging
import ssl
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from imap_tools import ImapToolsError, MailboxLoginError, MailMessage
from imap_tools.mailbox import BaseMailBox

from linli.accounts.scope import acting
from linli.cases.actions.attach import attach_case
from linli.cases.actions.parties import PartyData
from linli.cases.choices import Channel
from linli.cases.files import checked
from linli.exchange.queries import allowed_hosts
from linli.exchange.targets import ForbiddenTargetError, checked_address
from linli.intake.actions.take_matter import in_words, take_matter
from linli.intake.channel_models import Outcome, Received, Source
from linli.intake.channels import mailbox
from linli.intake.channels.letter import Letter, NotALetter, key_of, read, sent_at
from linli.intake.gazetteer import Ambiguous, Gazetteer
from linli.intake.policy import city_of
from linli.intake.queries.channels import desk_of_area
from linli.intake.rows import Draft, Unreadable
from linli.kernel.crypto import unseal
from linli.kernel.errors import Invalid
from linli.kernel.rate import take

MOST_AT_ONCE = 50
# A mail written just before the mailbox was connected still counts as new.
_GRACE = timedelta(hours=1)
_FROM_ONE_SENDER, _HOUR = 20, 3600

log = logging.getLogger(__name__)


def read_mailbox(source: Source, *, at: datetime) -> int:
    """Read what is new, at most :data:`MOST_AT_ONCE` mails; returns how many became cases.

    How far it has got is kept after each mail; a mail that comes again is known by its Message-ID.
    What goes wrong with the server is written down at the source and tried again later.
    """
    try:
        taken = _read(source, at)
    except MailboxLoginError:
        failure = _("The server does not accept name or password.")
    except ssl.SSLError:
        failure = _("The server's certificate could not be checked.")
    except ForbiddenTargetError:
        failure = _("The server lies inside a network: put it on the list of allowed hosts.")
    except (OSError, EOFError, ImapToolsError, imaplib.IMAP4.error) as error:
        log.info("mailbox %s: %s", source.pk, type(error).__name__)
        failure = _("The server could not be reached, or answered something unexpected.")
    else:
        source.succeeded_at, source.failure = at, ""
        source.save(update_fields=["succeeded_at", "failure"])
        return taken
    source.failed_at, source.failure = at, failure
    source.save(update_fields=["failed_at", "failure"])
    return 0


def _read(source: Source, at: datetime) -> int:
    told = source.options
    access = mailbox.Access(
        told["host"], told["port"], told["security"], told["user"],
        unseal(bytes(source.secret or b""), source.pk.bytes), told["folder"],
    )  # fmt: skip
    checked_address(access.host, access.port, is_allowed=access.host.lower() in allowed_hosts())
    taken = 0
    with mailbox.opened(access) as box:
        known, following = mailbox.validity(box, access.folder)
        if not source.state:
            # What lay there before the mailbox was connected is nobody's news.
            _got_to(source, known, following - 1)
        elif source.state["validity"] != known:
            _got_to(source, known, 0)
        for uid in mailbox.new_uids(box, source.state["uid"])[:MOST_AT_ONCE]:
            taken += _take(source, box, uid, at)
            _got_to(source, known, uid)
    return taken


def _got_to(source: Source, known: int, uid: int) -> None:
    source.state = {"validity": known, "uid": uid}
    source.save(update_fields=["state"])


def _take(source: Source, box: BaseMailBox, uid: int, at: datetime) -> bool:
    unread = f"{source.state['validity']}:{uid}".encode()
    if mailbox.size_of(box, uid) > mailbox.MOST_BYTES:
        _note(source, unread, Outcome.REFUSED, "too_large", at)
        return False
    message = mailbox.fetch(box, uid)
    return message is not None and take_mail(source, message, unread, at=at)


def take_mail(source: Source, message: MailMessage, unread: bytes, *, at: datetime) -> bool:
    """Take one mail in, or write down why not; says whether it became a case.

    ``unread`` is the key of one that can't even be parsed.
    """
    key = unread
    try:
        key = key_of(message)
        if Received.objects.filter(source=source, key=key).exists():
            return False
        if sent_at(message) < source.created_at - _GRACE:
            raise NotALetter("old", is_noise=True)
        letter = read(message, source.options["user"])
        with transaction.atomic():
            if not take("mail", letter.address, at, most=_FROM_ONE_SENDER, seconds=_HOUR):
                raise NotALetter("flood", is_noise=False)
        _register(source, letter, key, at)
    except NotALetter as no:
        outcome = Outcome.IGNORED if no.is_noise else Outcome.REFUSED
        _note(source, key, outcome, no.reason, at)
    except Unreadable as refusal:
        _note(source, key, Outcome.REFUSED, in_words(refusal.reasons), at)
    except DatabaseError:
        raise
    except Exception:
        # Mail comes from anybody: one that breaks us is set aside, and the others go on.
        log.exception("mailbox %s: a mail could not be read", source.pk)
        _note(source, key, Outcome.REFUSED, "unreadable", at)
    else:
        return True
    return False


def _register(source: Source, letter: Letter, key: bytes, at: datetime) -> None:
    desk = desk_of_area(source.area)
    with acting(desk):
        good, bad = _sorted_files(letter)
        text = letter.text
        if bad:
            refused = _("Files that were not taken:")
            text = f"{text}\n{refused} {'; '.join(bad)}".strip()
        party = PartyData(role="applicant", name=letter.name, address=letter.address)
        told = {
            "title": letter.title, "description": text, "channel": Channel.ONLINE,
            "parties": (party,),
        }  # fmt: skip
        draft = Draft(1, told, _place(source, letter, city_of(desk)), None, None)
        case = take_matter(source, draft, at=at)
        lowest = desk_of_area(case.area_id)
        for name, data in good:
            attach_case(case.id, name=name, data=data, actor=lowest, at=at)
        _note(source, key, Outcome.CASE, "", at, case_id=case.id)


def _place(source: Source, letter: Letter, city: str) -> str | None:
    try:
        found = Gazetteer(city).find(f"{letter.title}\n{letter.text}")
    except Ambiguous:
        return None
    return found if found and found.startswith(source.area) else None


def _sorted_files(letter: Letter) -> tuple[list[tuple[str, bytes]], list[str]]:
    """Return the files that may be kept, and the names of the others with the reason."""
    good, bad = [], []
    for name, data in letter.files:
        try:
            checked(data)
        except Invalid as refusal:
            bad.append(f"{name[:60]} ({refusal.reason})")
        else:
            good.append((name, data))
    return good, bad


def _note(
    source: Source, key: bytes, outcome: str, reason: str, at: datetime, **more: object
) -> None:
    Received.objects.bulk_create(
        [Received(source=source, key=key, outcome=outcome, reason=reason, at=at, **more)],
        ignore_conflicts=True,
    )
