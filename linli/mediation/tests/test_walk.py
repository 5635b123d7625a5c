"""Any sequence of steps: none leads to a state the law does not know, and all records tell one story."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from linli.accounts.scope import acting
from linli.kernel.errors import Refused
from linli.kernel.periods import Period
from linli.kernel.working_days import local_date
from linli.mediation import lifecycle
from linli.mediation.actions.agree import agree_mediation
from linli.mediation.actions.amend import amend_mediation
from linli.mediation.actions.confirm import Court
from linli.mediation.actions.drafting import Draft, Owed
from linli.mediation.actions.plan import Meeting
from linli.mediation.models import (
    Agreement,
    Archive,
    Mediation,
    Obligation,
    Participant,
    Payment,
    Session,
)
from linli.mediation.queries.file import entries, missing
from linli.mediation.queries.offers import next_step
from linli.mediation.queries.performance import ledger
from linli.mediation.queries.statistics import figures
from linli.mediation.rollup import fold
from linli.mediation.tests.table import Table, told
from linli.mediation.tests.test_file import photo, scan
from linli.mediation.web.verbs import OWN_PAGES, PAGES
from tests.cast import CITY, TUESDAY

ACTS: dict[str, Callable[..., Any]] = {
    "agree": agree_mediation,
    "amend": amend_mediation,
    **{verb: page.act for verb, page in PAGES.items()},
}
# From the same hour to three months, so that terms run out and follow-ups come.
PAUSES = [timedelta(hours=1), timedelta(days=1), timedelta(days=20), timedelta(days=90)]


def draft(mediation: Mediation, dice: Random, at: datetime) -> Draft:
    """Return a text: in writing or orally, with one to three payments or none."""
    sides = {
        one.side: one.id for one in Participant.objects.filter(mediation=mediation, part="party")
    }
    owed = [
        Owed(
            kind="pay", debtor=sides["respondent"], creditor=sides["applicant"],
            amount=Decimal(dice.randrange(1, 100_000)) / 100,
            due_on=local_date(at) + timedelta(days=dice.randrange(1, 60)),
        )
        for _turn in range(dice.randrange(4))
    ]  # fmt: skip
    return Draft(
        form=dice.choice(["written", "oral"]), reached_on=local_date(at),
        clauses=[("双方就此事再无其他争议。", None)], obligations=owed,
    )  # fmt: skip


def arguments(mediation: Mediation, verb: str, dice: Random, at: datetime) -> dict[str, Any]:
    """Return what a verb is given: mostly what could go through."""
    day, table = local_date(at), mediation
    owed = Obligation.objects.filter(mediation=table, settled_on=None, ended_on=None).first()
    paid = Payment.objects.filter(mediation=table, reverses=None).order_by("?").first()
    text = Agreement.objects.filter(mediation=table, state="draft").first()
    seat = mediation.seats.filter(until=None).first()
    party = Participant.objects.filter(mediation=table, part="party").order_by("?").first()
    mediator = str(seat.user_id) if seat else ""
    signer = mediator if dice.random() < 0.4 else str(party.id if party else "")
    here = Meeting(begins=at, ends=at + timedelta(minutes=30), place="村口")
    key = owed.id if owed else table.id
    given_: dict[str, dict[str, Any]] = {
        "accept": {"accepted_on": day},
        "seat": {"user": seat.user_id if seat else table.id, "no_conflict": True},
        "declare": {"user": seat.user_id if seat else table.id, "has_conflict": False, "relation": ""},
        "object": {"user": seat.user_id if seat else table.id, "participant": party.id if party else None},
        "extend": {"days": dice.choice([5, 31])},
        "plan": {"meeting": here},
        "hold": {"meeting": here, "came": [party.id] if party else []},
        "agree": {"draft": draft(table, dice, at), "outcome": "达成协议"},
        "amend": {"draft": draft(table, dice, at)},
        "sign": {"signer": signer, "manner": "fingerprint", "signed_on": day},
        "take_effect": {"sealed_on": day, "outcome": "达成协议" if text else ""},
        "pay": {"obligation": key, "paid_on": day},
        "remind": {"obligation": key},
        "perform": {"performed_on": day},
        "breach": {"obligation": key, "breach_step": dice.choice(["urge", "sue"])},
        "reverse": {"payment": paid.id if paid else table.id},
        "confirm": {"told": Court(step=dice.choice(["ask", "take", "confirm", "dismiss"]), on=day,
                                  together=True, court="法院", reason="papers")},
        "follow_up": {"way": "visit", "satisfaction": 4, "recurred": False},
        "answer": {"answered_on": day},
        "archive": {"term": "short"},
        "fail": {"routes": ["court"]},
        "refuse": {"routes": ["court"]},
        "end": {"reason": "withdrawn"},
    }  # fmt: skip
    told_ = given_.get(verb, {})
    return told_ | ({"note": "因为" if dice.random() < 0.9 else " "} if _wants(verb) else {})


def _wants(verb: str) -> bool:
    return lifecycle.MOVES[verb].needs_note


def one_story(table: Table, mediation: Mediation, at: datetime) -> None:
    """Timeline, audit, case, money, file and statistics agree."""
    told(mediation)
    current = table.fresh(mediation)
    assert current.state in lifecycle.STATES
    fold()
    form = figures(CITY, Period(), at)
    resolved = current.state in lifecycle.SUCCEEDED or (
        current.state == lifecycle.ARCHIVED and _was_followed_up(current)
    )
    assert (form.all.mediations, form.all.resolved) == (1, int(resolved))
    lines, payments = ledger(current)
    assert all(line.open is None or 0 <= line.open <= (line.owed.amount or 0) for line in lines)
    assert sum((one.amount or 0 for one in payments), Decimal()) >= 0
    kinds = {str(entry.kind) for entry in entries(current)}
    in_effect = current.agreements.filter(effective_on__isnull=False)
    assert bool(kinds & {"agreement", "oral_agreement"}) >= in_effect.exists()
    assert ("session" in kinds) == current.sessions.filter(state="held").exists()
    if current.state == lifecycle.ARCHIVED:
        assert missing(current) == []
        assert Archive.objects.filter(mediation=current).exists()


def _was_followed_up(mediation: Mediation) -> bool:
    return mediation.events.filter(verb="archive", from_state=lifecycle.FOLLOWED_UP).exists()


def likely(mediation: Mediation, legal: list[str], dice: Random) -> str:
    """Choose what is done: often what usually follows, seldom an end."""
    usual = next_step(mediation)
    weights = [
        20 if verb == usual else 1 if lifecycle.MOVES[verb].destructive else 4 for verb in legal
    ]
    return dice.choices(legal, weights)[0]


def walk(table: Table, dice: Random) -> list[str]:
    """Do random things from an application on; return what was done."""
    mediation = table.applied() if dice.random() < 0.3 else table.accepted()
    scan(table, mediation, "identity", photo())
    Participant.objects.filter(mediation=mediation).update(notified_on=local_date(TUESDAY))
    at, done = TUESDAY, []
    for _turn in range(dice.randrange(5, 30)):
        at += dice.choices(PAUSES, [6, 3, 2, 1])[0]
        mediation = table.fresh(mediation)
        legal = [verb for verb in ACTS if lifecycle.legal(verb, mediation.state)]
        anything = not legal or dice.random() < 0.1
        verb = dice.choice([*PAGES, *OWN_PAGES]) if anything else likely(mediation, legal, dice)
        who = "clerk" if dice.random() < 0.05 else "mediator"
        try:
            with transaction.atomic():
                more = arguments(mediation, verb, dice, at)
                table.act(who, ACTS[verb], mediation.id, at=at, **more)
        except Refused:
            event(f"refused {verb}")
        else:
            assert verb in legal
            assert who == "mediator"
            done.append(verb)
            event(f"did {verb}")
        for session in Session.objects.filter(mediation=mediation, state="held", closed_at=None):
            with acting(table.cast.actor("mediator")):
                Session.objects.filter(pk=session.pk).update(record="记录", closed_at=at)
        one_story(table, mediation, at)
    return done


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_whatever_is_done_is_lawful_and_told(table: Table, seed: int) -> None:
    with transaction.atomic():
        walk(table, Random(seed))
        transaction.set_rollback(True)
