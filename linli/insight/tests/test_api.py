"""Figures over the API."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.accounts.models import ApiToken
from linli.accounts.tokens import digest_of, new_token
from tests.cast import CITY, GUANGZHOU_ROAD, TUESDAY, make_case, make_cast

pytestmark = pytest.mark.django_db


def test_figures_of_ones_own_area_and_no_other() -> None:
    cast = make_cast()
    make_case(cast)
    raw = new_token()
    ApiToken.objects.create(
        user=cast.users["clerk"], name="figures", digest=digest_of(raw), scopes=["figures:read"],
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    client = Client(headers={"Authorization": f"Bearer {raw}"})
    own = client.get("/api/v1/figures/620302003", {"first": TUESDAY.date().isoformat()})
    assert own.status_code == 200, own.content
    assert own.json()["disputes"]["total"] == 1
    assert own.json()["cases"]["by_kind"]["dispute"] == 1
    assert client.get(f"/api/v1/figures/{GUANGZHOU_ROAD}").status_code == 403
    assert client.get(f"/api/v1/figures/{CITY}").status_code == 403
    wrong = client.get("/api/v1/figures/620302003", {"first": "2026-03-02", "last": "2026-03-01"})
    assert wrong.status_code == 422
