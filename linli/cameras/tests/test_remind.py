"""What is due for cameras is told in time, once a week at most, to the units it concerns."""

from datetime import UTC, datetime, timedelta

from linli.cameras.actions.remind import remind
from linli.cameras.models import Contract
from linli.cameras.tests.builders import Street, make_agreement, make_camera
from linli.notices.models import Notice
from tests.cast import BEIJING_ROAD, TUESDAY


def told(name: str, street: Street) -> list[str]:
    """Return the subjects a person has been told."""
    rows = Notice.objects.filter(user=street.cast.users[name], kind="camera_due")
    return sorted(rows.values_list("subject", flat=True))


def test_ends_are_told_thirty_days_ahead_to_both_sides(street: Street) -> None:
    taking = street.cast.posts[BEIJING_ROAD]
    soon = datetime(2026, 4, 5, tzinfo=UTC)
    make_agreement(street.traffic, taking, ends=soon)
    make_agreement(street.traffic, taking, ends=soon + timedelta(days=60))
    make_agreement(street.traffic, taking, ends=soon, ended_at=TUESDAY, ended_why="不再需要")
    assert remind(at=TUESDAY) == 2
    remind(at=TUESDAY + timedelta(days=1))
    assert told("traffic_officer", street) == told("dispatcher", street) == ["共享协议到期：1 项"]
    # Again in its last week.
    remind(at=soon - timedelta(days=3))
    assert len(told("dispatcher", street)) == 2


def test_filings_and_contracts_are_told_to_who_runs_and_who_owns(street: Street) -> None:
    unit, today = street.cast.posts[BEIJING_ROAD], TUESDAY.date()
    contract = Contract.objects.create(
        owner=unit, company="示例公司", number="1", until=today + timedelta(days=20)
    )
    for number, days in enumerate((-3, 5, 25)):
        make_camera(
            unit, f"8{number}", filed_on=None, filing_number="", contract=contract,
            filing_due=today + timedelta(days=days),
        )  # fmt: skip
    make_camera(street.traffic, "9", filing_due=today - timedelta(days=9), retired_on=today)
    remind(at=TUESDAY)
    assert told("dispatcher", street) == ["摄像头待公安备案：2 项", "维护合同到期：1 项"]
    assert told("traffic_officer", street) == []
