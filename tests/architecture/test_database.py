"""Models and migrations say the same, and Django has nothing to warn about in production."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)


@pytest.mark.django_db
def test_what_may_not_be_read_may_not_be_changed() -> None:
    """Also by a statement that reads no column, of which PostgreSQL does not ask the reading rule."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, cmd, qual FROM pg_policies WHERE schemaname = current_schema()"
        )
        rules = {(table, cmd): rule for table, cmd, rule in cursor.fetchall()}
    written = {table for table, cmd in rules if cmd == "UPDATE"}
    assert len(written) > 15
    for table in written:
        assert rules[table, "UPDATE"] == rules[table, "DELETE"] == rules[table, "SELECT"], table


def test_django_finds_nothing_to_warn_about_in_production() -> None:
    environment = os.environ | {"LINLI_HTTPS": "1", "LINLI_HOSTS": "linli.example"}
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    environment["DJANGO_SETTINGS_MODULE"] = "linli.site.settings"
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
