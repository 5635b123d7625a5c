"""The audit log: appended by one function, proof against change, verified whole."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from linli.accounts.actor import Actor
from linli.accounts.scope import acting
from linli.audit.bulk import BulkEntry, append_all
from linli.audit.models import Entry
from linli.audit.record import record, record_all
from linli.audit.verify import verify
from linli.kernel.ids import new_id

AT = datetime(2026, 3, 10, 2, 0, 0, 123456, tzinfo=UTC)
SOMEBODY = Actor(user_id=new_id(), name="somebody")


def tamper(statement: str) -> None:
    """Change the log as somebody with the owner's password could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only")


def write(count: int, **facts: Any) -> list[int]:
    return [
        record(
            "case", new_id(), "case.tried", actor=SOMEBODY.user_id, at=AT, facts={"n": n, **facts}
        )
        for n in range(count)
    ]


@pytest.mark.django_db
def test_the_database_and_python_hash_alike() -> None:
    entries = [
        BulkEntry(
            "case",
            new_id(),
            "case.tried",
            None,
            AT + timedelta(microseconds=n),
            {"字": n, "a": None},
        )
        for n in range(20)
    ]
    assert append_all(entries) == 20
    record_all(entries)
    verdict = verify()
    assert verdict.ok
    assert verdict.entries == 40


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET event = 'case.other' WHERE id = {middle}",
        "UPDATE audit_entry SET facts = '{{\"n\": 7}}' WHERE id = {middle}",
        "UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE id = {middle}",
        "UPDATE audit_entry SET actor = NULL WHERE id = {middle}",
    ],
)
def test_an_altered_entry_is_named(statement: str) -> None:
    entries = write(5)
    tamper(statement.format(middle=entries[2]))
    verdict = verify()
    assert not verdict.ok
    assert verdict.first_broken is not None
    assert verdict.first_broken.startswith(f"entry {entries[2]} ")


@pytest.mark.django_db
def test_a_removed_entry_shows_at_the_next_one() -> None:
    entries = write(5)
    tamper(f"DELETE FROM audit_entry WHERE id = {entries[2]}")
    first_broken = verify().first_broken
    assert first_broken is not None
    assert first_broken.startswith(f"entry {entries[3]} ")


@pytest.mark.django_db
def test_a_cut_end_shows_at_the_chain() -> None:
    entries = write(5)
    tamper(f"DELETE FROM audit_entry WHERE id = {entries[4]}")
    first_broken = verify().first_broken
    assert first_broken is not None
    assert first_broken.startswith("chain ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "verb", ["UPDATE audit_entry SET event = ''", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_the_owner_can_not_change_an_entry(verb: str) -> None:
    write(1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_entry (chain) VALUES (1)",
        "UPDATE audit_chain SET sequence = 9",
        "DELETE FROM audit_entry",
    ],
)
def test_the_web_can_only_append(statement: str) -> None:
    with pytest.raises(DatabaseError), acting(SOMEBODY), connection.cursor() as cursor:
        cursor.execute(statement)
    with acting(SOMEBODY):
        write(1)
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_an_entry_of_a_failed_transaction_is_gone() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        write(1)
        raise RuntimeError
    assert verify().entries == 0


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_keep_the_chains_whole() -> None:
    def writer() -> None:
        for _ in range(15):
            with transaction.atomic():
                write(2)
        connection.close()

    writers = [threading.Thread(target=writer) for _ in range(6)]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    verdict = verify()
    assert verdict.ok
    assert verdict.entries == 180
