"""Cleaning up after tests that commit.

Django would TRUNCATE every table: the append-only ones refuse, and the rows that migrations wrote
(categories, deadline rules, chain heads) would be gone for the tests that follow.
"""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = {
    "audit_chain",
    "cases_category",
    "cases_deadlinerule",
    "dispatch_capability",
    "dispatch_incidentkind",
    "dispatch_plan",
    "dispatch_planstep",
    "dispatch_questioncard",
    "dispatch_runcard",
    "dispatch_targets",
    "django_content_type",
    "django_migrations",
    "notices_habits",
    "notices_streamhead",
    "notices_text",
    "portal_infopage",
    "portal_question",
    "site_cache",
}
_CHAIN_HEADS = """
UPDATE audit_chain SET sequence = 0, hash = sha256(convert_to('linli audit chain ' || chain, 'UTF8'))
"""


@pytest.fixture(autouse=True, scope="session")
def _clean_with_care() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: clean())
    yield
    patch.undo()


def clean() -> None:
    """Empty every table that holds rows but the kept ones, as the owner of the test database.

    Most tests fill a few of some three hundred: those alone are touched.
    """
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor)) - KEPT
        tables = [connection.ops.quote_name(name) for name in sorted(names)]
        cursor.execute(" UNION ALL ".join(f"(SELECT '{one}' FROM {one} LIMIT 1)" for one in tables))
        filled = [row[0] for row in cursor.fetchall()]
        for table in filled:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        # In one transaction: foreign keys are looked at in its end, whatever the order.
        with transaction.atomic():
            for table in filled:
                cursor.execute(f"DELETE FROM {table}")
        cursor.execute(_CHAIN_HEADS)
        for table in filled:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
