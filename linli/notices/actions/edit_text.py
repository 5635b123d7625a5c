"""Edit text: the city's own words for a notice, or back to the first ones."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotFound
from linli.notices.lifecycle import KINDS, LANGUAGES, MAIL
from linli.notices.models import Text
from linli.notices.policy import permit_keeping
from linli.notices.texts import SUBJECT_LENGTH, check

BODY_LENGTH = 4000


@transaction.atomic
def edit_text(
    kind: str, channel: str, said: Mapping[str, tuple[str, str]], *, actor: Actor, at: datetime
) -> None:
    """Set subject and text in each language of ``said``; fields are checked, all or nothing.

    Errors name ``subject_<language>`` or ``body_<language>``.
    """
    permit_keeping(actor)
    rows = _rows(kind, channel)
    allowed = KINDS[kind].may_use(channel)
    for language, (subject, body) in said.items():
        row = rows.get(language)
        if row is None:
            raise NotFound(_("There is no such text."))
        name = language.replace("-", "_")
        row.subject = check(subject, allowed, f"subject_{name}")
        row.body = check(body, allowed, f"body_{name}")
        if not row.subject:
            raise Invalid(_("A subject is missing."), {f"subject_{name}": _("Write a subject.")})
        if len(row.subject) > SUBJECT_LENGTH or len(row.body) > BODY_LENGTH:
            raise Invalid(_("The text is too long."), {f"body_{name}": _("Make it shorter.")})
        if channel == MAIL and not row.body:
            raise Invalid(_("A text is missing."), {f"body_{name}": _("Write a text.")})
    Text.objects.bulk_update(rows.values(), ["subject", "body"])
    _record(kind, channel, "notice.edit_text", actor, at)


@transaction.atomic
def reset_text(kind: str, channel: str, *, actor: Actor, at: datetime) -> None:
    """Go back to the texts the product came with."""
    permit_keeping(actor)
    rows = _rows(kind, channel)
    for row in rows.values():
        row.subject, row.body = row.first_subject, row.first_body
    Text.objects.bulk_update(rows.values(), ["subject", "body"])
    _record(kind, channel, "notice.reset_text", actor, at)


def _rows(kind: str, channel: str) -> dict[str, Text]:
    rows = Text.objects.select_for_update().filter(kind=kind, channel=channel)
    found = {row.language: row for row in rows if row.language in LANGUAGES}
    if not found:
        raise NotFound(_("There is no such text."))
    return found


def _record(kind: str, channel: str, event: str, actor: Actor, at: datetime) -> None:
    record("notice_text", f"{kind}:{channel}", event, actor=actor.user_id, at=at)
