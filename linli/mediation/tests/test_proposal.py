"""Who is proposed: by place, field, load, leave and what was done of the type; anybody may be chosen."""

from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.accounts.models import Leave
from linli.areas.models import Unit
from linli.cases.models import Category
from linli.cases.tests.desk import text_of
from linli.mediation.actions.fail import fail_mediation
from linli.mediation.actions.seat import seat_mediator
from linli.mediation.models import Committee, Conflict, Mediation, Mediator
from linli.mediation.queries.proposal import (
    MOST,
    Proposal,
    committees_for,
    first_choice,
    proposed,
)
from linli.mediation.tests.table import TODAY, Table
from tests.cast import COUNTY, make_user


def know(table: Table, who: str, **more: Any) -> None:
    """Write down what the committee knows of a member."""
    Mediator.objects.update_or_create(
        user=table.cast.users[who],
        defaults={"committee": table.committee, "since": date(2020, 1, 1), **more},
    )


def asked(table: Table, mediation: Mediation) -> list[Proposal]:
    """Return the proposals as the mediator sees them."""
    found: list[Proposal] = table.by("mediator", proposed, mediation, TODAY)
    return found


def names(table: Table, mediation: Mediation) -> list[str]:
    """Return who is proposed, in order."""
    return [one.user.name for one in asked(table, mediation)]


def test_field_before_load_before_name(table: Table) -> None:
    mediation = table.applied()
    assert names(table, mediation) == ["mediator", "second_mediator", "village_director"]
    table.accepted()  # in the hands of ``mediator``
    assert names(table, mediation) == ["second_mediator", "village_director", "mediator"]
    know(table, "village_director", specialities=["neighbour"])
    assert names(table, mediation) == ["village_director", "second_mediator", "mediator"]


def test_a_subtype_belongs_to_the_field_of_its_type(table: Table) -> None:
    Category.objects.create(code="leak", kind="dispute", parent_id="neighbour", name="漏水")
    know(table, "second_mediator", specialities=["neighbour"])
    mediation = table.applied(table.case(category="leak"))
    first = asked(table, mediation)[0]
    assert (first.user.name, first.knows_type) == ("second_mediator", True)


def test_what_was_done_of_the_type_is_counted_and_no_more(table: Table) -> None:
    table.in_effect()
    failed = table.accepted()
    table.act("mediator", fail_mediation, failed.id, note="分歧太大", routes=["court"])
    other = table.accepted(table.case(category="contract"))
    table.act("mediator", fail_mediation, other.id, note="分歧太大", routes=["court"])
    one = next(p for p in asked(table, table.applied()) if p.user.name == "mediator")
    assert (one.in_hand, one.mediated, one.agreed, one.most) == (1, 2, 1, MOST)
    # Whoever has done one of the type comes before whoever has not, whatever became of it.
    know(table, "second_mediator", specialities=[])
    assert names(table, table.applied())[0] == "mediator"


def test_whoever_is_not_free_comes_last_and_stays_on_the_list(table: Table) -> None:
    mediation = table.applied()
    Leave.objects.create(user=table.cast.users["mediator"], starts=TODAY, ends=date(2026, 3, 20))
    know(table, "second_mediator", most=0)
    found = {one.user.name: one for one in asked(table, mediation)}
    assert next(iter(found)) == "village_director"
    assert found["mediator"].away_until == date(2026, 3, 20)
    assert not found["mediator"].is_free
    assert not found["second_mediator"].is_free
    Conflict.objects.create(
        mediation=mediation, user=table.cast.users["village_director"], at=mediation.opened_at,
        has_conflict=True, relation="亲属",
    )  # fmt: skip
    assert not any(one.is_free for one in asked(table, mediation))
    assert len(asked(table, mediation)) == 3


def test_the_nearest_committee_unless_one_was_set_up_for_the_type(table: Table) -> None:
    case = table.case()
    found = table.by("mediator", lambda: list(committees_for(case)))
    assert found == [table.committee, table.street]
    unit = Unit.objects.create(area_id=COUNTY, kind="committee", name="物业纠纷调委会")
    special = Committee.objects.create(
        unit=unit, kind="social", name=unit.name, word="物业", seal_name=unit.name,
        specialities=["property_service"],
    )  # fmt: skip
    found = table.by("mediator", lambda: list(committees_for(case)))
    assert found == [table.committee, table.street, special]
    assert first_choice(case, found) == table.committee
    Committee.objects.filter(pk=special.pk).update(specialities=["neighbour"])
    found = table.by("mediator", lambda: list(committees_for(case)))
    assert found[0] == special == first_choice(case, found)
    assert first_choice(case, []) is None


def test_the_step_shows_why_and_lets_anybody_be_chosen(table: Table) -> None:
    know(table, "second_mediator", specialities=["neighbour"], languages=["藏语"], full_time=True)
    Leave.objects.create(user=table.cast.users["mediator"], starts=TODAY, ends=date(2026, 3, 20))
    mediation, client = table.applied(), table.client("mediator")
    page = f"/mediations/{mediation.id}/seat/"
    shown = text_of(client.get(page))
    assert "second_mediator · 办理中 0 件（上限 12） · 擅长这类纠纷 · 藏语 · 专职" in shown
    assert "请假至 2026-03-20" in shown
    assert shown.index("second_mediator ·") < shown.index("village_director ·")
    form = {
        "version": mediation.version,
        "user": table.cast.users["mediator"].id,
        "chief": "on",
        "chosen_by": "parties",
        "no_conflict": "1",
    }
    assert client.post(page, form).status_code == 302
    seat = mediation.seats.get()
    assert (seat.user.name, seat.chosen_by) == ("mediator", "parties")


def test_many_members_cost_no_more_queries(table: Table) -> None:
    mediation = table.applied()
    table.act("mediator", seat_mediator, mediation.id, user=table.cast.users["mediator"].id)
    asked(table, mediation)
    with CaptureQueriesContext(connection) as few:
        asked(table, mediation)
    for number in range(5):
        make_user(f"另一{number}", "mediator", table.committee.unit.area_id, table.committee.unit)
    with CaptureQueriesContext(connection) as many:
        assert len(asked(table, mediation)) == 8
    assert len(many) == len(few)
