"""The form on the command line and over the API."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from typer.testing import CliRunner

from linli.accounts.models import ApiToken
from linli.accounts.tokens import digest_of, new_token
from linli.mediation.cli import app
from linli.mediation.tests.table import Table
from tests.cast import CITY, GUANGZHOU_ROAD, LONGMENLI


def test_the_command_prints_the_form(table: Table) -> None:
    table.in_effect()
    asked = ["mediation", "--area", LONGMENLI, "--from", "2026-03-01", "--to", "2026-03-31"]
    answer = CliRunner().invoke(app, [*asked, "--rebuild", "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout.strip().splitlines()[-1])
    assert (told["total"], told["resolved"], told["rate"], told["corrected"]) == (1, 1, 100.0, 0)
    for facet in ("by_type", "by_source", "by_committee"):
        assert sum(told[facet].values()) == 1
    assert told["by_source"]["application"] == told["by_committee"]["neighbourhood"] == 1
    assert (told["before"]["from"], told["before"]["total"]) == ("2026-02-01", 0)
    text = CliRunner().invoke(app, asked).stdout
    assert "1, resolved 1 (100.0 %)" in text
    assert "10000.00 yuan" in text


@pytest.mark.parametrize(
    "asked", [[], ["--area", "999"], ["--area", CITY, "--from", "2026-02-01", "--to", "2026-01-01"]]
)
def test_the_command_refuses_what_makes_no_sense(table: Table, asked: list[str]) -> None:
    assert CliRunner().invoke(app, ["mediation", *asked]).exit_code == 2


def test_the_form_of_ones_own_area_and_no_other(table: Table) -> None:
    table.in_effect()
    raw = new_token()
    ApiToken.objects.create(
        user=table.cast.users["clerk"], name="figures", digest=digest_of(raw),
        scopes=["figures:read"], expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    client = Client(headers={"Authorization": f"Bearer {raw}"})
    own = client.get("/api/v1/statistics/mediation/620302003", {"first": "2026-03-10"})
    assert own.status_code == 200, own.content
    told = own.json()
    assert (told["total"], told["from"], told["before"]) == (1, "2026-03-10", None)
    assert told["amount"] == "10000.00"
    for area in (GUANGZHOU_ROAD, CITY):
        assert client.get(f"/api/v1/statistics/mediation/{area}").status_code == 403
    wrong = {"first": "2026-03-02", "last": "2026-03-01"}
    assert client.get("/api/v1/statistics/mediation/620302003", wrong).status_code == 422
