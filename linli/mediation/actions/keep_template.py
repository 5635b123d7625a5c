"""Keep a template: a city's own Word template of an official form takes the place of ours."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.audit.record import record
from linli.cases.files import DOCX, checked
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.mediation.choices import PaperKind
from linli.mediation.models import Template
from linli.mediation.papers.bind import print_word
from linli.mediation.papers.fields import sample
from linli.mediation.papers.fill import BadTemplate, fill
from linli.mediation.papers.forms_after import FORMS

_NAME = 120


@transaction.atomic
def keep_template(kind: str, *, name: str, data: bytes, actor: Actor, at: datetime) -> Template:
    """Try a template with made-up words, then let it hold; raises :class:`Invalid` with what is wrong."""
    by = _permit(actor)
    if kind not in FORMS:
        raise NotFound(_("There is no such form."))
    if checked(data).content_type != DOCX:
        raise _wrong(_("Choose a Word file (.docx)."))
    try:
        # It has to be printed, too: what Word shows and the PDF can't is found here and not later.
        print_word(fill(data, sample()))
    except BadTemplate as error:
        if error.is_unknown:
            raise _wrong(
                _("It names a field there is not: %(detail)s") % {"detail": error.detail}
            ) from error
        raise _wrong(_("It can't be filled: %(detail)s") % {"detail": error.detail}) from error
    except (RuntimeError, ValueError) as error:
        raise _wrong(_("It can't be printed as PDF.")) from error
    row = Template(kind=kind, name=name[:_NAME], document=data, added_at=at, added_by_id=by)
    _withdraw(kind, at)
    facts = {"kind": kind, "template": str(row.id)}
    record(
        "template", row.id, "mediation.keep_template", actor=actor.user_id, at=at, facts=facts,
        rows=[row],
    )  # fmt: skip
    return row


@transaction.atomic
def withdraw_template(template_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Go back to the form that comes along; the template is kept, for what was printed with it."""
    _permit(actor)
    row = Template.objects.filter(pk=template_id, withdrawn_at=None).first()
    if row is None:
        raise NotFound(_("There is no such template."))
    _withdraw(row.kind, at)
    record(
        "template", row.id, "mediation.withdraw_template", actor=actor.user_id, at=at,
        facts={"kind": row.kind},
    )  # fmt: skip


def _withdraw(kind: str, at: datetime) -> None:
    Template.objects.filter(kind=PaperKind(kind), withdrawn_at=None).update(withdrawn_at=at)


def _permit(actor: Actor) -> UUID:
    if actor.user_id is None or not actor.holds(RoleKind.ADMINISTRATOR):
        raise NotPermitted(_("Only an administrator can do this."))
    return actor.user_id


def _wrong(reason: str) -> Invalid:
    return Invalid(_("This template can't be used."), {"document": reason})
