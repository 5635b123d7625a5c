"""Money outstanding: exact at any day, over the areas, within who may read it, and the way behind."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from linli.accounts.models import ApiToken
from linli.accounts.scope import acting
from linli.accounts.tokens import digest_of, new_token
from linli.areas.models import Area
from linli.cases.models import Case, Party
from linli.cases.tests.desk import text_of
from linli.kernel.crypto import seal
from linli.mediation.actions.amend import amend_mediation
from linli.mediation.actions.drafting import Draft, Owed
from linli.mediation.actions.pay import pay_mediation
from linli.mediation.cli import app
from linli.mediation.instalments import split
from linli.mediation.models import Agreement, Mediation, Obligation, Participant, Payment
from linli.mediation.queries.outstanding import Outstanding, outstanding, with_open_money
from linli.mediation.tests.histories import PLACES
from linli.mediation.tests.table import TODAY, Table
from tests.cast import BEIJING_ROAD, CITY, COUNTY, GUANGZHOU_ROAD, LONGMENLI

PAGE = "/mediations/outstanding/"
PARTS = [(str(amount), day) for amount, day in split(Decimal("10000.00"), 4, date(2026, 4, 10))]
ANY = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NOTHING = Decimal("0.00")


def pay(table: Table, obligation: Obligation, amount: str | None = None) -> None:
    """Pay something today."""
    money = Decimal(amount) if amount else None
    told: dict[str, Any] = {"obligation": obligation.id, "paid_on": TODAY, "amount": money}
    table.act("mediator", pay_mediation, obligation.mediation_id, **told)


def owed(mediation: Mediation) -> list[Obligation]:
    """Return the obligations in their order."""
    return list(Obligation.objects.filter(mediation=mediation).order_by("position"))


def some_day(random: Random) -> date:
    return TODAY + timedelta(days=random.randrange(-40, 40))


def add_agreements(random: Random, table: Table) -> None:
    """Save a mediation somewhere with an agreement, perhaps one it replaced, and payments."""
    case = table.at("handling")
    place = random.choice(PLACES)
    Case.objects.filter(pk=case.pk).update(
        area=place, state="resolved", resolved_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    mediation = Mediation.objects.create(
        case=case, committee=table.committee, state="performing", source="own",
        opened_at=datetime(2026, 1, 5, tzinfo=UTC), accepted_on=TODAY, effective_on=TODAY,
    )  # fmt: skip
    party = Party(case=case, role="respondent")
    party.personal = seal({"name": "乙方示例"}, party.id.bytes)
    party.save()
    debtor = Participant.objects.create(
        mediation=mediation, party=party, part="party", side="respondent"
    )
    since, replaced = min(TODAY, some_day(random)), random.random() < 0.4
    texts = [("superseded", since)] if replaced else []
    later = since + timedelta(days=random.randrange(20) if replaced else 0)
    texts.append(("effective", min(TODAY, later)))
    for turn, (state, day) in enumerate(texts, 1):
        agreement = Agreement.objects.create(
            mediation=mediation, turn=turn, state=state, form="oral", reached_on=day,
            effective_on=day,
        )  # fmt: skip
        for position in range(1, random.randrange(2, 5)):
            due = day + timedelta(days=random.randrange(30))
            amount = Decimal(random.randrange(1, 500_000)) / 100
            one = Obligation.objects.create(
                mediation=mediation, agreement=agreement, position=position, kind="pay",
                debtor=debtor, amount=amount, due_on=due,
            )  # fmt: skip
            left = amount
            for _ in range(random.randrange(3)):
                part = min(left, Decimal(random.randrange(1, 400_000)) / 100)
                when = min(TODAY, day + timedelta(days=random.randrange(30)))
                if part > 0 and when >= day:
                    add_payment(one, part, when, mistaken=random.random() < 0.2)
                    left = amount - sum_of(one)
            one.settled_on = last_paid(one) if left == 0 else None
            one.ended_on = texts[-1][1] if state == "superseded" and left else None
            one.save()


def add_payment(one: Obligation, amount: Decimal, day: date, *, mistaken: bool) -> None:
    given_ = {"mediation": one.mediation, "obligation": one, "paid_on": day}
    at = datetime(2026, 3, 10, tzinfo=UTC)
    row = Payment.objects.create(**given_, amount=amount, recorded_at=at)
    if mistaken:
        Payment.objects.create(**given_, amount=-amount, recorded_at=at, reverses=row)


def sum_of(one: Obligation, day: date = date.max) -> Decimal:
    return sum((p.amount or NOTHING for p in one.payments.all() if p.paid_on <= day), NOTHING)


def last_paid(one: Obligation) -> date:
    return max(payment.paid_on for payment in one.payments.all())


def everything() -> list[Obligation]:
    found = Obligation.objects.filter(kind="pay", agreement__effective_on__isnull=False)
    return list(found.select_related("mediation__case", "agreement").prefetch_related("payments"))


def by_hand(found: list[Obligation], area: str, day: date, *, below: bool = True) -> Outstanding:
    """Count one obligation after the other; ``below`` False: only those of exactly this area."""
    agreed = paid = overdue = NOTHING
    for one in found:
        place, since = one.mediation.case.area_id, one.agreement.effective_on
        there = place.startswith(area) if below else place == area
        if not there or since is None or since > day or one.amount is None:
            continue
        was_paid = sum_of(one, day)
        held = one.ended_on is None or one.ended_on > day
        agreed += one.amount if held else was_paid
        paid += was_paid
        overdue += one.amount - was_paid if held and one.due_on < day else NOTHING
    return Outstanding(agreed, paid, overdue)


def of_children(found: list[Obligation], code: str, day: date) -> Outstanding:
    """Add up the areas right below, and what lies in the area itself."""
    parts = [outstanding(one.code, day) for one in Area.objects.filter(parent=code)]
    parts.append(by_hand(found, code, day, below=False))
    return Outstanding(
        sum((one.agreed for one in parts), NOTHING),
        sum((one.paid for one in parts), NOTHING),
        sum((one.overdue for one in parts), NOTHING),
    )


@ANY
@given(random=st.randoms(use_true_random=False))
def test_any_history_at_any_day(table: Table, random: Random) -> None:
    actor = table.cast.actor("city_director")
    with transaction.atomic():
        for _ in range(random.randrange(1, 6)):
            add_agreements(random, table)
        all_owed = everything()
        for day in (TODAY, *(some_day(random) for _ in range(4))):
            for area in (CITY, COUNTY, BEIJING_ROAD, LONGMENLI):
                found = outstanding(area, day)
                assert found == by_hand(all_owed, area, day)
                assert found.agreed - found.paid == found.open >= found.overdue >= 0
            for area in (COUNTY, BEIJING_ROAD):
                assert outstanding(area, day) == of_children(all_owed, area, day)
            rows, after = with_open_money(actor, CITY, day, today=TODAY, size=1000)
            assert not after
            city = outstanding(CITY, day)
            assert sum((row.open for row in rows), NOTHING) == city.open
            assert sum((row.overdue for row in rows), NOTHING) == city.overdue
            assert [row.due_on for row in rows] == sorted(row.due_on for row in rows)
        transaction.set_rollback(True)


def test_money_outstanding_in_an_area_on_a_day(table: Table) -> None:
    mediation = table.in_effect(instalments=PARTS)
    first, second, *_rest = owed(mediation)
    pay(table, first)
    pay(table, second, "500.00")
    assert outstanding(CITY, TODAY - timedelta(days=1)).open == 0
    now = outstanding(CITY, TODAY)
    assert (now.agreed, now.paid, now.overdue) == (Decimal("10000"), Decimal("3000"), 0)
    later = outstanding(CITY, date(2026, 5, 11))
    assert (later.open, later.overdue) == (Decimal("7000.00"), Decimal("2000.00"))
    assert outstanding("11", TODAY).agreed == 0


def test_a_replaced_agreement_ends_what_is_open_of_it(table: Table) -> None:
    mediation = table.in_effect(form="oral")
    [one] = owed(mediation)
    pay(table, one, "4000.00")
    draft = Draft(
        form="oral", reached_on=TODAY, clauses=[("{debtor}于{due_on}前付清{amount}。", None)],
        obligations=[
            Owed(
                kind="pay", debtor=one.debtor_id, creditor=one.creditor_id,
                amount=Decimal("5000.00"), due_on=date(2026, 6, 1),
            )
        ],
    )  # fmt: skip
    table.act("mediator", amend_mediation, mediation.id, draft=draft)
    now = outstanding(CITY, TODAY)
    assert (now.agreed, now.paid, now.open) == (Decimal(9000), Decimal(4000), Decimal(5000))


def test_figures_are_read_by_every_role_of_the_area_and_rows_by_who_sees_them(
    table: Table,
) -> None:
    table.in_effect(instalments=[("300.00", TODAY - timedelta(days=3)), ("700.00", TODAY)])
    for name in ("city_director", "auditor", "mediator"):
        actor = table.cast.actor(name)
        area = LONGMENLI if name == "mediator" else CITY
        with acting(actor):
            assert outstanding(area, TODAY).open == Decimal("1000.00")
            rows, _after = with_open_money(actor, area, TODAY, today=TODAY)
            assert len(rows) == (0 if name == "auditor" else 1)
    for name in ("neighbour_clerk", "mediator"):
        with acting(table.cast.actor(name)):
            assert outstanding(CITY, TODAY).agreed == 0
        assert table.client(name).get(PAGE, {"area": CITY}).status_code == 403


def test_the_page(table: Table, django_assert_max_num_queries: Any) -> None:
    late = table.in_effect(instalments=[("300.00", TODAY - timedelta(days=3)), ("700.00", TODAY)])
    table.in_effect()
    client = table.client("director")
    with django_assert_max_num_queries(24):
        text = text_of(client.get(PAGE))
    assert "¥11,000.00" in text
    assert "¥300.00" in text
    assert text.count("row-link") == 2
    assert f"/mediations/{late.id}/#performance" in text
    assert "乙***" in text
    assert "乙方示例" not in text
    before = text_of(client.get(PAGE, {"area": BEIJING_ROAD, "on": "2026-03-09"}))
    assert "row-link" not in before
    assert PAGE in text_of(client.get("/mediations/"))
    assert client.get(PAGE, {"on": "x"}).status_code == 422
    assert "row-link" not in text_of(table.client("auditor").get(PAGE))


def test_pages_follow_each_other(table: Table) -> None:
    random = Random(5)
    for _ in range(9):
        add_agreements(random, table)
    actor, seen, after = table.cast.actor("city_director"), [], ""
    while True:
        rows, after = with_open_money(actor, CITY, TODAY, today=TODAY, after=after, size=2)
        seen += [row.mediation for row in rows]
        if not after:
            break
    whole, _ = with_open_money(actor, CITY, TODAY, today=TODAY)
    assert seen == [row.mediation for row in whole]
    assert len(set(seen)) == len(seen) > 2


def test_the_command(table: Table) -> None:
    table.in_effect()
    asked = ["outstanding", "--area", LONGMENLI]
    answer = CliRunner().invoke(app, [*asked, "--on", "2026-04-11", "--json"])
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout) == {
        "area": LONGMENLI, "on": "2026-04-11", "agreed": "10000.00", "paid": "0.00",
        "open": "10000.00", "overdue": "10000.00",
    }  # fmt: skip
    text = CliRunner().invoke(app, asked).stdout
    assert "2026-03-10" in text
    assert "10000.00" in text
    assert CliRunner().invoke(app, ["outstanding", "--area", "999"]).exit_code == 2


def test_over_the_api_for_ones_own_area(table: Table) -> None:
    table.in_effect()
    raw = new_token()
    ApiToken.objects.create(
        user=table.cast.users["clerk"], name="figures", digest=digest_of(raw),
        scopes=["figures:read"], expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    client = Client(headers={"Authorization": f"Bearer {raw}"})
    address = "/api/v1/statistics/outstanding/"
    answer = client.get(f"{address}{BEIJING_ROAD}", {"on": "2026-04-11"})
    assert answer.status_code == 200, answer.content
    assert answer.json()["on"] == "2026-04-11"
    assert answer.json()["overdue"] == "10000.00"
    for area in (GUANGZHOU_ROAD, CITY):
        assert client.get(f"{address}{area}").status_code == 403
    assert client.get(f"{address}{BEIJING_ROAD}", {"on": "never"}).status_code == 422


@pytest.mark.parametrize("area", [CITY, LONGMENLI])
def test_sums_are_exact_to_the_cent(table: Table, area: str) -> None:
    parts = [("0.10", TODAY), ("0.20", TODAY), ("999999999999.69", TODAY)]
    table.in_effect(instalments=parts)
    assert outstanding(area, TODAY + timedelta(days=1)).overdue == Decimal("999999999999.99")
