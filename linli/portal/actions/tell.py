"""Tell: a resident who left an e-mail or a phone, and agreed, hears when something happens."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from linli.cases.models import Case
from linli.kernel.crypto import unseal
from linli.notices.actions.send import Contact, notify
from linli.portal.models import Report

REGISTERED, QUESTION = "resident_registered", "resident_question"
# State the case has come to → the notice.
_BY_STATE = {"resolved": "resident_resolved", "closed": "resident_closed"}


def tell(report: Report, kind: str, *, at: datetime, key: UUID | str, path: str = "") -> None:
    """Send a notice in the caller's transaction; nothing without a contact.

    The code of a receipt is known only when it is made: later notices lead to the door.
    """
    if report.contact is None:
        return
    reach = unseal(bytes(report.contact), report.id.bytes)
    case = Case.objects.select_related("holder").get(pk=report.case_id)
    notify(
        kind,
        about=("case", report.case_id),
        at=at,
        to_contact=Contact(language=report.language, **reach),
        key=str(key),
        rule="portal",
        number=case.number,
        unit=case.holder.name,
        phone=case.holder.phone,
        link=settings.LINLI_ADDRESS + (path or reverse("portal:front")),
    )


def on_case(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """Tell the resident that the case was resolved or closed; any other state is not told."""
    kind = _BY_STATE.get(str(facts.get("state")))
    report = Report.objects.filter(case=UUID(object_id)).first() if kind else None
    if report is not None and kind is not None:
        tell(report, kind, at=timezone.now(), key=facts.get("event", object_id))


def on_erase(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """Personal data of the case was erased: forget how to reach the resident too."""
    Report.objects.filter(case=UUID(object_id)).update(contact=None)
