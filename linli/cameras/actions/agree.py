"""Agree: one unit shares cameras with another; papers are added, and it may be ended early."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.models import Area, Unit
from linli.audit.record import record
from linli.cameras.actions.set_sign import clean_name
from linli.cameras.actions.step import locked_agreement
from linli.cameras.choices import LegalClass
from linli.cameras.models import Agreement, AgreementCamera, AgreementPaper, Camera
from linli.cameras.policy import may_conclude, may_end
from linli.cases.files import PDF, PHOTOS, checked, store
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted

LONGEST = timedelta(days=5 * 366)
MOST_LISTED, MOST_PAPERS = 2_000, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementData:
    """What two units agree on. ``until`` is the last day; ``codes`` is the list, if there is one."""

    giving: UUID
    taking: UUID
    purpose: str
    since: date
    until: date
    number: str = ""
    area: str = ""
    classes: Sequence[str] = ()
    codes: Sequence[str] = ()


@transaction.atomic
def conclude(data: AgreementData, *, actor: Actor, at: datetime) -> Agreement:
    """Write an agreement down. From its first day the taking unit sees the cameras in its scope."""
    units = {
        unit.id: unit
        for unit in Unit.objects.filter(pk__in=[data.giving, data.taking], closed_on=None)
    }
    _check(data, units)
    giving, taking = units[data.giving], units[data.taking]
    _permit(may_conclude(actor, giving))
    listed = _listed(data, giving)
    agreement = Agreement(
        number=data.number.strip(), giving=giving, taking=taking, purpose=data.purpose.strip(),
        by_list=bool(listed), area=data.area, classes=sorted(data.classes),
        begins_at=_midnight(data.since), ends_at=_midnight(data.until + timedelta(days=1)),
        made_at=at, made_by_id=actor.user_id,
    )  # fmt: skip
    facts = {
        "giving": str(giving.id), "taking": str(taking.id), "since": data.since,
        "until": data.until, "listed": len(listed),
    }  # fmt: skip
    record(
        "agreement", agreement.id, "agreement.conclude", actor=actor.user_id, at=at, facts=facts,
        rows=[agreement],
    )  # fmt: skip
    AgreementCamera.objects.bulk_create(
        AgreementCamera(agreement=agreement, camera_id=key) for key in listed
    )
    return agreement


@transaction.atomic
def end_agreement(agreement_id: UUID, *, reason: str, actor: Actor, at: datetime) -> Agreement:
    """End an agreement before its time: from this moment nobody sees anything by it."""
    agreement = locked_agreement(agreement_id, actor)
    _permit(may_end(actor, agreement))
    if agreement.ended_at or agreement.ends_at <= at:
        raise IllegalMove(_("This agreement has ended already."))
    reason = reason.strip()
    if not 0 < len(reason) <= 300:
        wrong = _("Say why it ends, in at most 300 characters.")
        raise Invalid(wrong, {"reason": wrong})
    agreement.ended_at, agreement.ended_why, agreement.ended_by_id = at, reason, actor.user_id
    agreement.save(update_fields=["ended_at", "ended_why", "ended_by"])
    record("agreement", agreement.id, "agreement.end", actor=actor.user_id, at=at)
    return agreement


@transaction.atomic
def add_paper(
    agreement_id: UUID, *, name: str, data: bytes, actor: Actor, at: datetime
) -> AgreementPaper:
    """Keep a signed paper of an agreement: a scan or a PDF."""
    agreement = locked_agreement(agreement_id, actor)
    _permit(may_end(actor, agreement))
    if agreement.papers.count() >= MOST_PAPERS:
        reason, hint = _("The agreement has its papers already."), _("Put several into one PDF.")
        raise Invalid(reason, {"files": f"{reason} {hint}"})
    content = checked(data)
    if content.content_type not in (PDF, *PHOTOS):
        reason = _("Signed papers are photos or PDF.")
        raise Invalid(reason, {"files": reason})
    store(content)
    paper = AgreementPaper(
        agreement=agreement, name=clean_name(name), content_type=content.content_type,
        size=len(content.data), sha256=content.sha256, added_at=at, added_by_id=actor.user_id,
    )  # fmt: skip
    facts = {"paper": str(paper.id), "sha256": content.sha256}
    record(
        "agreement", agreement.id, "agreement.add_paper", actor=actor.user_id, at=at, facts=facts,
        rows=[paper],
    )  # fmt: skip
    return paper


def _permit(allowed: bool) -> None:
    if not allowed:
        raise NotPermitted(
            _("Cameras are shared by the unit whose they are, or by the administrator of its area.")
        )


def _check(data: AgreementData, units: dict[UUID, Unit]) -> None:
    wrong: dict[str, str] = {}
    for name in ("giving", "taking"):
        if getattr(data, name) not in units:
            wrong[name] = _("There is no such unit, or it was closed.")
    if data.giving == data.taking:
        wrong["taking"] = _("A unit needs no agreement with itself.")
    if not 0 < len(data.purpose.strip()) <= 300:
        wrong["purpose"] = _("Say what for, in at most 300 characters.")
    if len(data.number) > 60:
        wrong["number"] = _("At most 60 characters.")
    if data.until < data.since:
        wrong["until"] = _("It ends before it begins.")
    elif data.until - data.since > LONGEST:
        wrong["until"] = _("At most five years; then it is made anew.")
    if data.area and not Area.objects.filter(pk=data.area).exists():
        wrong["area"] = _("There is no such area.")
    if set(data.classes) - set(LegalClass.values):
        wrong["classes"] = _("Choose the legal class.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)


def _listed(data: AgreementData, giving: Unit) -> list[UUID]:
    """Return the cameras whose codes are listed; every one must be the giving unit's."""
    codes = {code.strip() for code in data.codes if code.strip()}
    if len(codes) > MOST_LISTED:
        reason = _("At most 2,000 codes; choose an area and classes instead.")
        raise Invalid(reason, {"codes": reason})
    rows = Camera.objects.filter(owner=giving, code__in=codes, retired_on=None)
    found = dict(rows.values_list("code", "id"))
    if missing := sorted(codes - set(found)):
        shown = "、".join(missing[:5]) + ("…" if len(missing) > 5 else "")
        reason = _("Not cameras of the giving unit: %(codes)s") % {"codes": shown}
        raise Invalid(reason, {"codes": reason})
    return list(found.values())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
