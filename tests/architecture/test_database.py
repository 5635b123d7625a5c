"""Models and migrations say the same, and Django has nothing to warn about in production."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)


def test_django_finds_nothing_to_warn_about_in_production() -> None:
    environment = os.environ | {"LINLI_HTTPS": "1", "LINLI_HOSTS": "linli.example"}
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    environment["DJANGO_SETTINGS_MODULE"] = "linli.site.settings"
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
