"""The pool of experts: named, their order, their absence; called out in order, with the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.dispatch.actions.step import write
from linli.dispatch.models import CallOut, Expert, Field, Incident, Listing
from linli.dispatch.policy import visible_to
from linli.dispatch.queries.experts import opened
from linli.dispatch.supply_choices import BUSY_ANSWERS, CallAnswer
from linli.dispatch.supply_policy import experts_visible_to, permit_call_out, permit_found_store
from linli.kernel.crypto import seal
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.kernel.ids import new_id
from linli.kernel.working_days import local_date
from linli.premises.hours import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertData:
    """An expert; name and phone are personal. ``hours`` empty: may be called at any time."""

    name: str
    phone: str
    area: str
    job: str
    fields: Sequence[str]
    organisation: str = ""
    hours: Week = ()


@transaction.atomic
def add_expert(
    data: ExpertData, *, actor: Actor, at: datetime, expert_id: UUID | None = None
) -> Expert:
    """Name an expert, the last in the order of each field."""
    area = find_area(data.area)
    permit_found_store(actor, area.code)
    wrong: dict[str, str] = {}
    for name in ("name", "phone", "job"):
        if not getattr(data, name).strip():
            wrong[name] = _("This is missing.")
    known = Field.objects.filter(pk__in=data.fields).count()
    if not data.fields or known != len(set(data.fields)):
        wrong["fields"] = _("Choose from the list.")
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)
    key = expert_id or new_id()
    expert = Expert(
        id=key, area=area, job=data.job.strip(), organisation=data.organisation.strip(),
        personal=seal({"name": data.name.strip(), "phone": data.phone.strip()}, key.bytes),
        hours=[list(map(list, day)) for day in data.hours],
    )  # fmt: skip
    expert.save(force_insert=True)
    Listing.objects.bulk_create(
        Listing(
            expert=expert, field_id=field, place=Listing.objects.filter(field=field).count() + 1
        )
        for field in sorted(set(data.fields))
    )
    facts = {"area": area.code, "fields": sorted(data.fields)}
    record("expert", expert.id, "expert.add", actor=actor.user_id, at=at, facts=facts)
    return expert


@transaction.atomic
def raise_expert(listing_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Put an expert one place up in the order of a field."""
    listing = Listing.objects.select_related("expert").filter(pk=listing_id).first()
    if listing is None:
        raise NotFound(_("There is no such expert here."))
    expert = _locked(listing.expert_id, actor)
    permit_found_store(actor, expert.area_id)
    order = list(
        Listing.objects.select_for_update()
        .filter(experts_visible_to(actor, "expert__"), field=listing.field_id)
        .order_by("place", "id")
    )
    at_place = next(n for n, one in enumerate(order) if one.pk == listing.pk)
    if at_place:
        order[at_place - 1], order[at_place] = order[at_place], order[at_place - 1]
    for place, one in enumerate(order, 1):
        one.place = place
    Listing.objects.bulk_update(order, ["place"])
    facts = {"field": listing.field_id, "place": max(at_place, 1)}
    record("expert", expert.id, "expert.order", actor=actor.user_id, at=at, facts=facts)


@transaction.atomic
def set_away(expert_id: UUID, *, until: date | None, actor: Actor, at: datetime) -> Expert:
    """Say until when an expert can't be called; None: can be called again."""
    expert = _locked(expert_id, actor)
    permit_found_store(actor, expert.area_id)
    if until is not None and until < local_date(at):
        raise Invalid(_("This day has passed."), {"until": _("Choose today or a later day.")})
    expert.away_until = until
    expert.save(update_fields=["away_until"])
    record("expert", expert.id, "expert.away", actor=actor.user_id, at=at, facts={"until": until})
    return expert


@transaction.atomic
def retire_expert(expert_id: UUID, *, actor: Actor, at: datetime) -> None:
    """The expert leaves the pool: name and phone are destroyed, past calls stay."""
    expert = _locked(expert_id, actor)
    permit_found_store(actor, expert.area_id)
    if CallOut.objects.filter(expert=expert, answer__in=BUSY_ANSWERS).exists():
        raise IllegalMove(_("This expert is called out now."), _("Release the expert first."))
    expert.retired_at, expert.personal = at, b""
    expert.save(update_fields=["retired_at", "personal"])
    Listing.objects.filter(expert=expert).delete()
    record("expert", expert.id, "expert.retire", actor=actor.user_id, at=at)


@transaction.atomic
def call_out(
    expert_id: UUID,
    field: str,
    *,
    why: str,
    actor: Actor,
    at: datetime,
    incident: UUID | None = None,
) -> tuple[CallOut, dict[str, Any]]:
    """Call an expert: the call is written down, and only then the name and number are given.

    Raises :class:`IllegalMove` while somebody else has the expert.
    """
    expert = _locked(expert_id, actor)
    permit_call_out(actor, expert.area_id)
    if not why.strip():
        raise Invalid(_("A reason is missing."), {"why": _("Write what it is for.")})
    if not Listing.objects.filter(expert=expert, field=field).exists():
        raise Invalid(_("This expert is not asked in this field."))
    of = Incident.objects.filter(visible_to(actor), pk=incident).first() if incident else None
    if incident and of is None:
        raise Invalid(_("There is no such incident here."))
    call = CallOut(
        expert=expert, field_id=field, incident_id=incident, why=why.strip()[:200], at=at,
        by_id=actor.user_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            call.save(force_insert=True)
    except IntegrityError as clash:
        raise IllegalMove(
            _("This expert is called out already."), _("Call the next in the order.")
        ) from clash
    facts = {"call": str(call.id), "field": field, "incident": incident}
    record("expert", expert.id, "expert.call", actor=actor.user_id, at=at, facts=facts)
    if of is not None:
        note = f"{call.field.label} · {expert.job}"
        write(of, "call_expert", actor=actor, at=at, note=note, facts={"field": field})
    return call, opened(expert)


@transaction.atomic
def answer_call(call_id: UUID, *, answer: str, actor: Actor, at: datetime) -> CallOut:
    """Write down what came of a call: coming, by telephone, no answer, can't come, released."""
    rows = CallOut.objects.select_for_update(of=("self",)).select_related(
        "expert", "field", "incident"
    )
    call = rows.filter(experts_visible_to(actor, "expert__"), pk=call_id).first()
    if call is None:
        raise NotFound(_("There is no such call here."))
    permit_call_out(actor, call.expert.area_id)
    if answer not in CallAnswer.values or answer == CallAnswer.CALLED:
        raise Invalid(_("Choose an answer."), {"answer": _("Choose from the list.")})
    if call.answer not in BUSY_ANSWERS:
        raise IllegalMove(_("This call has its answer already."))
    call.answer, call.answered_at = answer, at
    call.save(update_fields=["answer", "answered_at"])
    facts = {"call": str(call.id), "answer": answer}
    record("expert", call.expert_id, "expert.answer", actor=actor.user_id, at=at, facts=facts)
    if call.incident is not None:
        note = f"{call.field.label} · {call.expert.job} · {call.get_answer_display()}"
        write(call.incident, "expert_said", actor=actor, at=at, note=note, facts={"answer": answer})
    return call


def _locked(expert_id: UUID, actor: Actor) -> Expert:
    rows = Expert.objects.select_for_update(of=("self",)).filter(experts_visible_to(actor))
    expert = rows.filter(pk=expert_id, retired_at=None).first()
    if expert is None:
        raise NotFound(_("There is no such expert here."))
    return expert
