"""What the holder of a receipt does: add, answer, rate, ask for a reopening, take back, renew.

Each looks the receipt up under its own scope first, and then acts at the desk the case is with,
with that desk's scope and rights and no more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import acting
from linli.audit.record import record
from linli.cases.actions.follow_up import follow_up_case
from linli.cases.actions.withdraw import withdraw_case
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.kernel.working_days import add_working_days, local_date
from linli.portal.actions.writing import Photos, write
from linli.portal.lifecycle import ADDITION, ANSWER, RATING, WISH
from linli.portal.models import Message, Reopening, Report
from linli.portal.queries.house import terms
from linli.portal.queries.receipt import (
    Standing,
    counts_as_follow_up,
    held,
    last_day,
    may_wish,
    rating_of,
)
from linli.portal.receipts import hash_of, new_code
from linli.portal.texts import cleaned

# One report's conversation; beyond this it is no conversation any more.
MOST_MESSAGES = 200


@contextmanager
def _at_the_desk(code: str) -> Iterator[tuple[Report, Standing, Actor]]:
    token_hash, standing = held(code)
    desk = standing.desk
    with acting(desk):
        # Locked, so that two windows of one resident come one after the other; looked up by the
        # hash once more, because the code may have been renewed since.
        mine = Report.objects.select_for_update(of=("self",))
        report = mine.filter(pk=standing.report_id, token_hash=token_hash).first()
        if report is None:
            raise NotFound(_("This receipt is no longer valid."))
        yield report, standing, desk


def add(code: str, *, text: str, at: datetime, photos: Photos = (), answers: bool = False) -> None:
    """Add words and photos, or answer the centre's question."""
    text = cleaned(text, shortest=0 if photos else 1)
    with _at_the_desk(code) as (report, _standing, desk):
        if Message.objects.filter(report=report).count() >= MOST_MESSAGES:
            raise IllegalMove(_("There is a lot here already. Please call the centre."))
        write(report, ANSWER if answers else ADDITION, text, actor=desk, at=at, photos=photos)


def rate(code: str, *, satisfaction: int, text: str, at: datetime) -> None:
    """Say how content one is, 1 (bad) to 5 (good), once for each resolution."""
    if satisfaction not in range(1, 6):
        raise Invalid(_("Please choose 1 to 5."), {"satisfaction": _("Please choose 1 to 5.")})
    text = cleaned(text, shortest=0)
    with _at_the_desk(code) as (report, standing, desk):
        if not standing.is_done:
            raise IllegalMove(_("You can rate it once the centre says that it is solved."))
        if rating_of(standing, list(Message.objects.filter(report=report))):
            raise IllegalMove(_("You have rated this already. Thank you."))
        write(report, RATING, text, actor=desk, at=at, satisfaction=satisfaction)
        if counts_as_follow_up(standing, satisfaction):
            follow_up_case(
                report.case_id, way="message", satisfaction=satisfaction, recurred=False,
                note=text, actor=desk, at=at,
            )  # fmt: skip


def ask_reopening(code: str, *, reason: str, at: datetime) -> None:
    """Ask the desk to take the matter up again, because it was not solved."""
    reason = cleaned(reason, "reason", shortest=2)
    with _at_the_desk(code) as (report, standing, desk):
        wishes, resolved = list(Reopening.objects.filter(report=report)), standing.resolved_at
        if resolved is None or not may_wish(standing, wishes, last_day(standing), local_date(at)):
            raise IllegalMove(
                _("A reopening can't be asked for any more."),
                _("Please call the centre, or report it anew."),
            )
        Reopening(
            report=report, case_id=report.case_id, reason=reason, asked_at=at,
            due_on=add_working_days(local_date(at), terms().decision_days),
            resolved_at=resolved,
        ).save(force_insert=True)  # fmt: skip
        write(report, WISH, reason, actor=desk, at=at)


def withdraw(code: str, *, reason: str, at: datetime) -> None:
    """Take the report back: the case ends."""
    reason = cleaned(reason, "reason", shortest=0) or _("Taken back by the resident online.")
    with _at_the_desk(code) as (report, _standing, desk):
        withdraw_case(report.case_id, note=reason, actor=desk, at=at)


def renew(code: str, *, at: datetime) -> str:
    """Make the code worthless, and return a new one."""
    with _at_the_desk(code) as (report, _standing, desk):
        return renewed(report, desk, at)


def renewed(report: Report, actor: Actor, at: datetime) -> str:
    """Give the report a new code and return it; the old one opens nothing from now on."""
    fresh = new_code()
    report.token_hash = hash_of(fresh)
    report.save(update_fields=["token_hash"])
    facts = {"report": str(report.id)}
    record("case", report.case_id, "portal.renew", actor=actor.user_id, at=at, facts=facts)
    return fresh


def forget_contact(code: str, *, at: datetime) -> None:
    """End the notices: how to reach the resident is destroyed here, and the staff are told."""
    with _at_the_desk(code) as (report, _standing, desk):
        if report.contact is None:
            return
        report.contact = None
        report.save(update_fields=["contact"])
        text = _("I take back my consent: please no more notices, and erase how to reach me.")
        write(report, ADDITION, text, actor=desk, at=at)
