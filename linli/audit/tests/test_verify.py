"""A log that was altered is found out, and the first altered entry is named."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from typer.testing import CliRunner

from linli.accounts.actor import Actor
from linli.accounts.scope import acting
from linli.audit import cli
from linli.audit.models import Entry, Verification
from linli.audit.record import record
from linli.audit.verify import verify
from linli.kernel.ids import new_id


def as_owner(statement: str) -> None:
    """Do what only somebody with the owner's rights could: switch the guard off, change, on again."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


@pytest.fixture
def entries(db: None) -> list[Entry]:
    """Twenty entries; a test runs in one transaction, so they lie on one chain."""
    for number in range(20):
        record(
            "thing", new_id(), "thing.do", actor=new_id(), at=timezone.now(), facts={"n": number}
        )
    return list(Entry.objects.order_by("id"))


@pytest.mark.django_db
def test_an_honest_log(entries: list[Entry]) -> None:
    verdict = verify()
    assert (verdict.entries, verdict.ok, verdict.first_broken) == (20, True, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "facts = '{\"n\": 99}'",
        "event = 'thing.undo'",
        "actor = NULL",
        "at = at + interval '1 second'",
        "object_id = 'another'",
        "hash = sha256(hash)",
        "previous = sha256(previous)",
    ],
)
def test_a_changed_entry_is_named(entries: list[Entry], change: str) -> None:
    place = entries[7]
    as_owner(f"UPDATE audit_entry SET {change} WHERE id = {place.id}")
    verdict = verify()
    assert not verdict.ok
    assert (
        verdict.first_broken == f"entry {place.id} (chain {place.chain}, number {place.sequence})"
    )


@pytest.mark.django_db
def test_an_entry_taken_out_of_the_middle(entries: list[Entry]) -> None:
    as_owner(f"DELETE FROM audit_entry WHERE id = {entries[7].id}")
    verdict = verify()
    assert verdict.first_broken is not None
    assert verdict.first_broken.startswith(f"entry {entries[8].id} ")


@pytest.mark.django_db
def test_entries_cut_from_the_end(entries: list[Entry]) -> None:
    as_owner(f"DELETE FROM audit_entry WHERE id > {entries[17].id}")
    verdict = verify()
    assert verdict.first_broken == f"chain {entries[0].chain} (end does not match number 20)"


@pytest.mark.django_db
def test_a_changed_head(entries: list[Entry]) -> None:
    as_owner(f"UPDATE audit_chain SET sequence = 19 WHERE chain = {entries[0].chain}")
    verdict = verify()
    assert verdict.first_broken == f"chain {entries[0].chain} (end does not match number 19)"


@pytest.mark.django_db
def test_a_forged_entry_with_a_right_hash_of_its_own(entries: list[Entry]) -> None:
    place = entries[7]
    as_owner(
        "UPDATE audit_entry SET event = 'thing.forged', hash = audit_hash(previous, chain, sequence,"
        f" at, actor, 'thing.forged', object_type, object_id, facts::text) WHERE id = {place.id}"
    )
    verdict = verify()
    assert verdict.first_broken is not None
    assert verdict.first_broken.startswith(f"entry {entries[8].id} "), "the next no longer follows"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET event = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "UPDATE audit_chain SET sequence = 0",
        "INSERT INTO audit_verification (at, entries, ok, first_broken) VALUES (now(), 1, true, '')",
    ],
)
def test_the_web_role_can_change_nothing(entries: list[Entry], statement: str) -> None:
    actor = Actor(new_id(), "x")
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        acting(actor),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert verify().ok


@pytest.mark.django_db
def test_not_even_the_owner_by_accident(entries: list[Entry]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")


@pytest.mark.django_db
def test_the_command_prints_and_keeps_the_verdict(entries: list[Entry]) -> None:
    result = CliRunner().invoke(cli.app, ["verify", "--json"])
    assert result.exit_code == 0
    told = json.loads(result.stdout.strip().splitlines()[-1])
    assert told == {"entries": 20, "ok": True, "first_broken": None}
    as_owner(f"UPDATE audit_entry SET event = 'x' WHERE id = {entries[3].id}")
    result = CliRunner().invoke(cli.app, ["verify", "--json"])
    assert result.exit_code == 1
    told = json.loads(result.stdout.strip().splitlines()[-1])
    assert not told["ok"]
    assert f"entry {entries[3].id} " in told["first_broken"]
    kept = Verification.objects.order_by("pk").values_list("ok", flat=True)
    assert list(kept) == [True, False]
