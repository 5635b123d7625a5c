"""The words of the papers: everything a form may say of a mediation, with full names, in Chinese.

Whoever calls this opens personal data: actions that print record it. Days, money and choices come as
the text papers show, so that a template of a city needs no arithmetic.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation

from linli.cases.actions.parties import opened
from linli.cases.choices import Destination
from linli.cases.models import Party
from linli.mediation import lifecycle
from linli.mediation.choices import EndReason, Form, Part, Side
from linli.mediation.clauses import Due, chinese_day, yuan
from linli.mediation.models import (
    Agreement,
    Attendance,
    Confirmation,
    Event,
    FollowUp,
    Mandate,
    Mediation,
    Participant,
    Session,
    SessionSeat,
)
from linli.mediation.queries.agreement import clause_texts
from linli.mediation.queries.performance import Line, ledger
from linli.mediation.queries.signers import signers_of

LANGUAGE = "zh-hans"
_SEX = {"female": "女", "male": "男"}
_ON_BEHALF = {Part.AGENT: "的代理人", Part.GUARDIAN: "的监护人", Part.REPRESENTATIVE: "的代表人"}
_YES, _NO = "是", "否"


def facts(mediation: Mediation, at: datetime, keeper: str = "", term: str = "") -> dict[str, Any]:
    """Return the words every form may use, by the names of :mod:`linli.mediation.papers.fields`."""
    with translation.override(LANGUAGE):
        there = _there(mediation)
        parties = [one for one in there if one.part in (Part.PARTY, Part.REPRESENTATIVE)]
        lines, payments = ledger(mediation)
        agreement = _newest_agreement(mediation)
        return {
            "file": _file(mediation, at, keeper, term),
            "case": _case(mediation),
            "source": str(mediation.get_source_display()),
            "referrer": mediation.referrer,
            "referrer_number": mediation.referrer_number,
            "opened_on": day(timezone.localdate(mediation.opened_at)),
            "accepted_on": day(mediation.accepted_on),
            "brief": mediation.brief,
            "request": mediation.request,
            "claimed": yuan(mediation.claimed) if mediation.claimed else "",
            "applied_orally": mediation.applied_orally,
            "decision": _decision(mediation),
            "referred_on": day(mediation.referred_on),
            "answer": _answer(mediation),
            "answered_on": day(mediation.answered_on),
            "result": _result(mediation),
            "routes": "、".join(str(Destination(one).label) for one in mediation.routes),
            "parties": [person(one) for one in parties],
            "people": [person(one) for one in there if one.part in _ON_BEHALF or one in parties],
            "applicants": _names(one for one in parties if one.side == Side.APPLICANT),
            "respondents": _names(one for one in parties if one.side == Side.RESPONDENT),
            "mandates": [_mandate(one) for one in _mandates(mediation)],
            "session": {},
            "agreement": agreement_words(agreement) if agreement else {},
            "owed": [_owed(line) for line in lines],
            "paid": [_paid(one) for one in payments],
            "follow_ups": [_follow_up(one) for one in _done(mediation)],
            "confirmation": _court(mediation),
            "papers": [],
            "pages": "",
        }


def day(value: date | None) -> str:
    """Return a day as papers write it; empty for none."""
    return chinese_day(value) if value else ""


def full_name(party: Party) -> str:
    """Return a party's name in full; empty once it was erased."""
    return str(opened(party).get("name", ""))


def person(one: Participant) -> dict[str, str]:
    """Return what papers say of somebody who takes part."""
    told: Mapping[str, Any] = opened(one.party)
    words = {
        name: str(told.get(name) or "")
        for name in (
            "name",
            "ethnicity",
            "age",
            "occupation",
            "phone",
            "address",
            "identity_number",
        )
    }
    side = str(Side(one.side).label) if one.side else ""
    behalf = _ON_BEHALF.get(Part(one.part), "")
    return words | {
        "side": side + behalf or str(one.get_part_display()),
        "sex": _SEX.get(str(told.get("sex") or ""), ""),
        "notified_on": day(one.notified_on),
    }


def session_words(session: Session) -> dict[str, Any]:
    """Return what the record of a session says."""
    with translation.override(LANGUAGE):
        begins, ends = (timezone.localtime(moment) for moment in session.times)
        came = list(Attendance.objects.filter(session=session).select_related("participant__party"))
        seats = SessionSeat.objects.filter(session=session).select_related("user")
        return {
            "turn": str(session.turn),
            "day": day(begins.date()),
            "time": f"{day(begins.date())} {begins:%H:%M} 至 {ends:%H:%M}",
            "place": session.room.name if session.room else session.place,
            "manner": "双方到场" if session.joint else "分别进行",
            "people": _names(one.participant for one in came if one.came is not False),
            "absent": _names(one.participant for one in came if one.came is False),
            "there": [full_name(one.participant.party) for one in came if one.came],
            "mediators": "、".join(one.user.name for one in seats) or _mediators(session.mediation),
            "record": session.record,
            "statement": session.joint_statement,
        }


def agreement_words(agreement: Agreement) -> dict[str, Any]:
    """Return what an agreement says, its clauses filled with full names."""
    with translation.override(LANGUAGE):
        owed = agreement.obligations.select_related("debtor__party", "creditor__party")
        dues = [
            Due(
                full_name(one.debtor.party),
                full_name(one.creditor.party) if one.creditor else "",
                one.amount, one.text, one.due_on,
            )
            for one in owed.order_by("position")
        ]  # fmt: skip
        return {
            "form": str(Form(agreement.form).label),
            "facts": agreement.facts,
            "claims": agreement.claims,
            "manner": agreement.manner,
            "clauses": clause_texts(agreement, dues),
            "signers": _signers(agreement),
            "mediators": _mediators(agreement.mediation),
            "day": day(agreement.effective_on or agreement.reached_on),
            "replaces": day(agreement.replaces.effective_on) if agreement.replaces else "",
        }


def _there(mediation: Mediation) -> list[Participant]:
    found = mediation.participants.filter(left_on=None).select_related("party")
    order = {Side.APPLICANT: 0, Side.RESPONDENT: 1, Side.THIRD: 2}
    return sorted(found, key=lambda one: (order.get(Side(one.side), 3) if one.side else 3, one.id))


def _names(people: Iterable[Participant]) -> str:
    return "、".join(full_name(one.party) for one in people)


def _mediators(mediation: Mediation) -> str:
    seats = mediation.seats.filter(until=None).select_related("user").order_by("-chief", "since")
    return "、".join(seat.user.name for seat in seats)


def _file(mediation: Mediation, at: datetime, keeper: str, term: str) -> dict[str, str]:
    parties = " 与 ".join(
        name
        for side in (Side.APPLICANT, Side.RESPONDENT)
        if (name := _names(one for one in _there(mediation) if one.side == side and one.part == Part.PARTY))
    )  # fmt: skip
    ended = timezone.localdate(mediation.ended_at) if mediation.ended_at else None
    return {
        "number": mediation.number,
        "title": f"{parties} {mediation.case.title}".strip(),
        "committee": mediation.committee.name,
        "seal": mediation.committee.seal_name,
        "mediators": _mediators(mediation),
        "begins": day(mediation.accepted_on or timezone.localdate(mediation.opened_at)),
        "ends": day(mediation.effective_on or ended),
        "keeper": keeper,
        "term": term,
        "made_on": day(timezone.localdate(at)),
    }


def _case(mediation: Mediation) -> dict[str, str]:
    case = mediation.case
    return {
        "number": case.number,
        "title": case.title,
        "type": str(case.category.label) if case.category else "",
        "place": case.place,
        "area": case.area.name,
    }


def _decision(mediation: Mediation) -> str:
    if mediation.accepted_on:
        return "双方同意调解，予以受理。"
    if mediation.state in lifecycle.WAITING:
        return ""
    refused = Event.objects.filter(mediation=mediation, verb="refuse").select_related("note")
    event = refused.order_by("-id").first()
    note = getattr(event, "note", None) if event else None
    return f"不予受理。{note.text if note else ''}"


def _answer(mediation: Mediation) -> str:
    """What the referring body was told last."""
    told = Event.objects.filter(mediation=mediation, verb="answer").select_related("note")
    event = told.order_by("-id").first()
    note = getattr(event, "note", None) if event else None
    return str(note.text) if note else ""


def _result(mediation: Mediation) -> str:
    if mediation.effective_on:
        form = str(Form(mediation.form).label) if mediation.form else ""
        done = f"，于{day(mediation.performed_on)}履行完毕" if mediation.performed_on else ""
        return f"于{day(mediation.effective_on)}达成协议（{form}）{done}。"
    if mediation.end_reason:
        return f"终止：{EndReason(mediation.end_reason).label}。"
    return "未达成协议。" if mediation.accepted_on else "未受理。"


def _newest_agreement(mediation: Mediation) -> Agreement | None:
    kept = mediation.agreements.exclude(state="dropped").select_related("replaces")
    return kept.order_by("-turn").first()


def _signers(agreement: Agreement) -> list[dict[str, str]]:
    signed = {
        row.participant_id: row
        for row in agreement.signatures.select_related("through__party")
        if row.participant_id
    }
    found = []
    for one in signers_of(agreement):
        row = signed.get(one.participant.id)
        name = full_name(one.participant.party)
        if row and row.through:
            name = f"{name}（由{full_name(row.through.party)}代）"
        side = str(Side(one.participant.side).label) if one.participant.side else ""
        found.append({"side": side, "name": name, "on": day(row.signed_on if row else None)})
    return found


def _mandates(mediation: Mediation) -> Iterable[Mandate]:
    return Mandate.objects.filter(mediation=mediation).select_related(
        "principal__party", "agent__party"
    )


def _mandate(one: Mandate) -> dict[str, str]:
    return {
        "principal": full_name(one.principal.party),
        "agent": full_name(one.agent.party),
        "kind": str(one.get_kind_display()),
        "powers": one.powers,
        "given_on": day(one.given_on),
    }


def _owed(line: Line) -> dict[str, str]:
    owed = line.owed
    if owed.settled_on:
        state = f"{day(owed.settled_on)}履行"
    elif owed.ended_on:
        state = "由新的协议替代"
    else:
        state = f"尚欠{yuan(line.open)}" if line.open is not None else "未履行"
    return {
        "due_on": day(owed.due_on),
        "what": f"{full_name(owed.debtor.party)} {owed.text or '付款'}",
        "amount": yuan(owed.amount) if owed.amount is not None else "",
        "state": state,
    }


def _paid(one: Any) -> dict[str, str]:
    what = "更正（冲回）" if one.reverses_id else one.obligation.text or "付款"
    return {
        "on": day(one.paid_on),
        "what": what,
        "amount": yuan(one.amount) if one.amount is not None else "",
        "by": one.recorded_by.name if one.recorded_by else "",
    }


def _done(mediation: Mediation) -> Iterable[FollowUp]:
    done = FollowUp.objects.filter(mediation=mediation, done_at__isnull=False)
    return done.select_related("by").order_by("turn")


def _follow_up(one: FollowUp) -> dict[str, str]:
    return {
        "turn": str(one.turn),
        "on": day(timezone.localdate(one.done_at)) if one.done_at else "",
        "way": str(one.get_way_display()),
        "by": one.by.name if one.by else "",
        "satisfaction": f"{one.satisfaction}（最高为5）" if one.satisfaction else "",
        "recurred": _YES if one.recurred else _NO,
        "text": one.text,
    }


def _court(mediation: Mediation) -> dict[str, str]:
    row = Confirmation.objects.filter(mediation=mediation).order_by("-id").first()
    decided = row is not None and row.state not in ("asked", "taken")
    return {
        "court": row.court if row else "",
        "asked_on": day(row.asked_on) if row else "",
        "number": row.court_number if row else "",
        "outcome": str(row.get_state_display()) if row and decided else "",
        "decided_on": day(row.decided_on) if row else "",
        "reason": f"{row.get_reason_display()} {row.reason_text}".strip() if row else "",
    }
