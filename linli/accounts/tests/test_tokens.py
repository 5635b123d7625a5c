"""API tokens: shown once, stored as a hash, read in one statement, never more than their scopes."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from linli.accounts.actions.create_token import create_token
from linli.accounts.actions.revoke_token import revoke_token
from linli.accounts.actor import SYSTEM
from linli.accounts.models import ApiToken, User
from linli.accounts.scope import acting
from linli.accounts.tests.conftest import SignedIn
from linli.accounts.tokens import actor_of_token
from linli.audit.models import Entry
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.kernel.working_days import local_date
from tests.cast import Cast

AT = timezone.now()
TODAY = local_date(AT)


def make(cast: Cast, name: str = "clerk", days: int = 30) -> tuple[ApiToken, str]:
    actor = cast.actor(name)
    with acting(actor):
        return create_token(name="统计程序", scopes=["cases:read"], days=days, actor=actor, at=AT)


@pytest.mark.django_db
def test_a_token_acts_for_its_owner_in_one_statement(
    cast: Cast, django_assert_num_queries: object
) -> None:
    token, raw = make(cast)
    assert raw.encode() not in bytes(token.digest)
    with django_assert_num_queries(1):  # type: ignore[operator]
        actor = actor_of_token(raw, TODAY)
    assert actor is not None
    assert actor.roles == cast.actor("clerk").roles
    assert actor.token_scopes == {"cases:read"}
    entry = Entry.objects.get(event="token.create")
    assert raw not in str(entry.facts)


@pytest.mark.django_db
def test_no_other_text_is_a_token(cast: Cast) -> None:
    _token, raw = make(cast)
    for text in ("", "linli_", raw[:-1], raw + "x", raw.upper(), "' OR 1=1", "linli_\x00"):
        assert actor_of_token(text, TODAY) is None


@pytest.mark.django_db
def test_it_ends_with_its_time_its_revocation_and_its_owner(cast: Cast) -> None:
    token, raw = make(cast)
    ApiToken.objects.filter(pk=token.pk).update(expires_at=AT - timedelta(seconds=1))
    assert actor_of_token(raw, TODAY) is None
    ApiToken.objects.filter(pk=token.pk).update(expires_at=AT + timedelta(days=1))
    User.objects.filter(username="clerk").update(is_active=False)
    assert actor_of_token(raw, TODAY) is None
    User.objects.filter(username="clerk").update(is_active=True)
    assert actor_of_token(raw, TODAY) is not None
    with pytest.raises(NotFound):
        revoke_token(token.pk, actor=cast.actor("director"), at=AT)
    revoke_token(token.pk, actor=cast.actor("clerk"), at=AT)
    assert actor_of_token(raw, TODAY) is None
    with pytest.raises(IllegalMove):
        revoke_token(token.pk, actor=cast.actor("clerk"), at=AT)


@pytest.mark.django_db
def test_what_cannot_be_made(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    good = {"name": "x", "scopes": ["cases:read"], "days": 1, "at": AT}
    for wrong in ({"name": " "}, {"scopes": []}, {"scopes": ["all"]}, {"days": 0}, {"days": 367}):
        with pytest.raises(Invalid):
            create_token(actor=clerk, **{**good, **wrong})
    with pytest.raises(NotPermitted):
        create_token(actor=SYSTEM, **good)
    _token, raw = make(cast)
    by_token = actor_of_token(raw, TODAY)
    assert by_token is not None
    with pytest.raises(NotPermitted):
        create_token(actor=by_token, **good)


@pytest.mark.django_db
def test_on_the_page(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("clerk")
    assert client.post("/me/tokens/new/", {"name": "x", "days": "30"}).status_code == 422
    answer = client.post(
        "/me/tokens/new/", {"name": "统计程序", "days": "30", "scopes": ["cases:read"]}
    )
    raw = re.search(r"linli_[\w-]{43}", answer.content.decode())
    assert raw
    assert answer["Cache-Control"] == "no-store, private"
    listed = client.get("/me/").content.decode()
    assert "统计程序" in listed
    assert raw[0] not in listed
    token = ApiToken.objects.get()
    assert client.post(f"/me/tokens/{token.pk}/revoke/").status_code == 302
    assert actor_of_token(raw[0], TODAY) is None
