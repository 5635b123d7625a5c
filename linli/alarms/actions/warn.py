"""Warn: a warning to the public is drafted by one director and issued by another."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.alarms.actions.step import needed
from linli.alarms.cap import keys
from linli.alarms.cap.reading import NotCap
from linli.alarms.cap.writing import Told, moment, signed
from linli.alarms.models import PublicWarning
from linli.alarms.policy import permit_warn
from linli.alarms.queries.warnings import locked_warning, references_of, terms
from linli.alarms.warning_choices import Response, Urgency, WarningState, WarningType
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.kernel.crypto import text_hash
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.notices.stream.publish import publish

LONGEST = timedelta(days=7)
# Where a city has not said who it is.
NOBODY = "linli@example.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningData:
    """What the public is to be told; lists have the values of CAP 1.2."""

    area: str
    event: str
    category: str
    urgency: str
    severity: str
    certainty: str
    response: str
    headline: str
    description: str
    expires_at: datetime
    instruction: str = ""


@transaction.atomic
def draft_warning(
    data: WarningData, *, actor: Actor, at: datetime, updates: UUID | None = None
) -> PublicWarning:
    """Save a draft; ``updates`` is the issued warning it takes the place of."""
    area = find_area(data.area)
    permit_warn(actor, area.code)
    faults = _faults(data, at)
    if faults:
        raise Invalid(next(iter(faults.values())), faults)
    replaced = _open_one(updates, actor) if updates else None
    kind = WarningType.UPDATE if replaced else WarningType.ALERT
    fields = {name: value for name, value in asdict(data).items() if name != "area"}
    warning = PublicWarning(
        type=kind,
        replaces=replaced,
        area=area,
        drafted_by_id=_person(actor),
        drafted_at=at,
        **fields,
    )
    _save(warning, actor, at)
    return warning


@transaction.atomic
def draft_cancel(warning_id: UUID, *, note: str, actor: Actor, at: datetime) -> PublicWarning:
    """Save the draft of a cancellation, with what the public is told."""
    replaced = _open_one(warning_id, actor)
    note = note.strip()
    if not note:
        raise Invalid(_("A reason is missing."), {"note": _("Please write the reason.")})
    warning = PublicWarning(
        type=WarningType.CANCEL, replaces=replaced, area=replaced.area, event=replaced.event,
        category=replaced.category, severity=replaced.severity, certainty=replaced.certainty,
        urgency=Urgency.PAST, response=Response.ALL_CLEAR,
        headline=_("Lifted: %(headline)s") % {"headline": replaced.headline}, description=note,
        expires_at=max(replaced.expires_at, at + timedelta(hours=1)),
        drafted_by_id=_person(actor), drafted_at=at,
    )  # fmt: skip
    warning.headline = warning.headline[:80]
    _save(warning, actor, at)
    return warning


@transaction.atomic
def issue_warning(warning_id: UUID, *, actor: Actor, at: datetime) -> PublicWarning:
    """Issue a draft of somebody else: sign it and put it into the feed."""
    warning = _draft(warning_id, actor)
    if warning.drafted_by_id == actor.user_id:
        raise NotPermitted(
            _("A second person issues a warning: you have written this one yourself."),
            _("Ask another director of a county or the city."),
        )
    if warning.expires_at <= at:
        raise IllegalMove(_("This warning would have expired already."))
    city = terms()
    warning.decided_by_id, warning.decided_at = actor.user_id, at
    warning.state = WarningState.ISSUED
    warning.identifier = f"linli-{warning.area_id}-{warning.id.hex}"
    warning.sender = city.sender or NOBODY
    warning.status = "Actual" if city.is_real else "Exercise"
    warning.sent = moment(at)
    try:
        message = signed(_told(warning, at), keys.current(warning.sender, at))
    except NotCap as error:
        raise Invalid(str(error)) from error
    warning.message = message.decode()
    warning.save()
    facts = {"type": warning.type, "status": warning.status, "area": warning.area_id}
    _record(warning, "issue", actor, at, facts)
    told = {"id": str(warning.id), "type": warning.type, "status": warning.status}
    publish(f"alarms:{warning.area_id}", "warning", told, at=at)
    return warning


@transaction.atomic
def refuse_warning(warning_id: UUID, *, note: str, actor: Actor, at: datetime) -> PublicWarning:
    """Do not issue a draft; its author may take it back in this way, too."""
    warning = _draft(warning_id, actor)
    note = needed("hand_on", note)
    if warning.drafted_by_id != actor.user_id:
        warning.decided_by_id = actor.user_id
    warning.decided_at, warning.decision = at, note
    warning.state = WarningState.REFUSED
    warning.save()
    _record(warning, "refuse", actor, at, {"note": text_hash(note, warning.id.bytes)})
    return warning


def _faults(data: WarningData, at: datetime) -> dict[str, str]:
    faults = {}
    for name in ("event", "headline", "description"):
        if not getattr(data, name).strip():
            faults[name] = _("Please fill this in.")
    if not at < data.expires_at <= at + LONGEST:
        faults["expires_at"] = _("At most seven days from now, and not in the past.")
    return faults


def _draft(warning_id: UUID, actor: Actor) -> PublicWarning:
    warning = locked_warning(warning_id)
    permit_warn(actor, warning.area_id)
    if warning.state != WarningState.DRAFT:
        raise IllegalMove(_("Somebody has decided on this warning already."))
    return warning


def _open_one(warning_id: UUID, actor: Actor) -> PublicWarning:
    warning = locked_warning(warning_id)
    permit_warn(actor, warning.area_id)
    followed = warning.followers.exclude(state=WarningState.REFUSED).exists()
    if warning.state != WarningState.ISSUED or warning.type == WarningType.CANCEL or followed:
        raise IllegalMove(_("This warning can't be followed by another: look at the newest one."))
    return warning


def _told(warning: PublicWarning, at: datetime) -> Told:
    names = ("type", "event", "category", "response", "urgency", "severity", "certainty",
             "headline", "description", "instruction", "identifier", "sender", "status")  # fmt: skip
    note = "" if warning.status == "Actual" else _("This is an exercise.")
    return Told(
        **{name: str(getattr(warning, name)) for name in names}, sent=at,
        expires=warning.expires_at, sender_name=_("Governance centre"), note=note,
        references=references_of(warning), area_name=warning.area.name,
        area_code=warning.area_id,
    )  # fmt: skip


def _save(warning: PublicWarning, actor: Actor, at: datetime) -> None:
    warning.save(force_insert=True)
    facts = {"type": warning.type, "area": warning.area_id, "severity": warning.severity}
    _record(warning, "draft", actor, at, facts)


def _record(
    warning: PublicWarning, verb: str, actor: Actor, at: datetime, facts: Mapping[str, object]
) -> None:
    record("warning", warning.id, f"warning.{verb}", actor=actor.user_id, at=at, facts=facts)


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise NotPermitted(_("A warning is written by a person."))
    return actor.user_id
