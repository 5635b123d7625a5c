"""Results: fair comparisons, nothing from small numbers, and only to whom they belong."""

from datetime import UTC, datetime

import pytest

from linli.cases.models import Case
from linli.cases.tests.desk import text_of
from linli.kernel.errors import NotPermitted
from linli.kernel.periods import Period
from linli.mediation.models import Committee, Event, Mediation, Seat
from linli.mediation.policy import judged_by
from linli.mediation.queries.results import LEAST, Result, by_committee, by_mediator
from linli.mediation.tests.table import Table
from tests.cast import BEIJING_ROAD, CITY, LONGMENLI

AT = datetime(2026, 2, 3, 2, 0, tzinfo=UTC)


def put_away(
    table: Table, committee: Committee, count: int, *, good: bool, hard: bool = False, by: str = ""
) -> None:
    """Save mediations that are over, with a case that ended the same way."""
    for _ in range(count):
        case = table.at("handling")
        Case.objects.filter(pk=case.pk).update(category="wages" if hard else "neighbour")
        mediation = Mediation.objects.create(
            case=case, committee=committee, state="archived", source="own", opened_at=AT, hard=hard,
            archived_at=AT,
        )  # fmt: skip
        Event.objects.create(
            mediation=mediation, verb="archive", at=AT, to_state="archived",
            from_state="followed_up" if good else "failed",
        )  # fmt: skip
        if by:
            Seat.objects.create(mediation=mediation, user=table.cast.users[by], since=AT)


@pytest.fixture
def worked(table: Table) -> Table:
    """Return a table where the street takes hard matters, and settles them as all do."""
    put_away(table, table.committee, 19, good=True, by="mediator")
    put_away(table, table.committee, 1, good=False, by="mediator")
    put_away(table, table.committee, 2, good=True, by="second_mediator")
    put_away(table, table.street, 10, good=True, hard=True)
    put_away(table, table.street, 10, good=False, hard=True)
    return table


def test_a_committee_is_compared_with_its_own_mix(worked: Table) -> None:
    found = {
        one.committee: one
        for one in by_committee([worked.committee, worked.street], Period())
    }  # fmt: skip
    street, village = found[worked.street.id], found[worked.committee.id]
    assert (street.rate, street.expected, street.hard_share) == (50.0, 50.0, 100.0)
    assert not street.is_clear
    assert village.rate == village.expected == pytest.approx(100 * 21 / 22)
    assert street.main_types == [("wages", 100.0)]


def test_a_difference_is_told_from_chance() -> None:
    few = Result(CITY, "", opened=20, ended=20, resolved=16, would_resolve=18.0)  # type: ignore[arg-type]
    many = Result(CITY, "", opened=2000, ended=2000, resolved=1600, would_resolve=1800.0)  # type: ignore[arg-type]
    assert few.difference == many.difference == -10.0
    assert (few.is_clear, many.is_clear) == (False, True)


def test_small_numbers_have_no_rate_and_no_place(worked: Table) -> None:
    one = Mediation.objects.filter(committee=worked.street)[0]
    Mediation.objects.filter(pk=one.pk).update(committee=worked.committee)
    found = by_committee([worked.street, worked.committee], Period())
    assert [one.committee for one in found] == [worked.committee.id, worked.street.id]
    small = found[1]
    assert (small.ended, small.rate, small.expected, small.difference) == (LEAST - 1,) + (None,) * 3


def test_open_mediations_count_for_nobody(worked: Table) -> None:
    worked.accepted()
    (village,) = by_committee([worked.committee], Period())
    assert (village.opened, village.ended) == (23, 22)


def test_a_mediator_reads_their_own_and_a_director_all(worked: Table) -> None:
    page = "/mediation/results/"
    mine = text_of(worked.client("mediator").get(page))
    assert "mediator（" in mine
    assert "second_mediator（" not in mine
    over = text_of(worked.client("director").get(page))
    assert "second_mediator（" in over
    assert worked.street.name in over
    assert "committee=" in over
    assert worked.client("clerk").get(page).status_code == 403
    assert worked.client("auditor").get(page).status_code == 403


def test_who_reads_which_committees(worked: Table) -> None:
    cast = worked.cast
    assert list(judged_by(cast.actor("mediator"), LONGMENLI)) == [worked.committee]
    assert set(judged_by(cast.actor("director"), BEIJING_ROAD)) == {worked.committee, worked.street}
    assert not judged_by(cast.actor("mediator"), CITY).exclude(pk=worked.committee.pk).exists()
    with pytest.raises(NotPermitted):
        judged_by(cast.actor("clerk"), BEIJING_ROAD)


def test_mediators_stand_by_name(worked: Table) -> None:
    people = by_mediator([worked.committee], Period())
    assert [one.name for one in people] == ["mediator", "second_mediator"]
    assert [one.comparable for one in people] == [True, False]
    own = by_mediator([worked.committee], Period(), only=worked.cast.users["second_mediator"].id)
    assert [one.name for one in own] == ["second_mediator"]
