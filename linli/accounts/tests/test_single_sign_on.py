"""Single sign-on: the whole code flow against a provider that really signs and checks."""

from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from linli.accounts.models import Role, User
from linli.accounts.tests.provider import CLIENT_ID, CLIENT_SECRET, Provider, running_provider
from linli.audit.models import Entry
from linli.site.sign_in import openid_connect
from tests.cast import Cast


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        """Do not follow: the test wants to see where it leads."""


def follow(url: str) -> str:
    """Open the provider's page as the browser would; return where it sends the browser."""
    try:
        build_opener(_Stay).open(Request(url))  # noqa: S310 - the test's own provider
    except HTTPError as redirected:
        return redirected.headers["Location"]
    raise AssertionError("the provider did not redirect")


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running_provider() as running:
        given = {
            "LINLI_OIDC_ISSUER": running.issuer + "/",
            "LINLI_OIDC_CLIENT_ID": CLIENT_ID,
            "LINLI_OIDC_CLIENT_SECRET": CLIENT_SECRET,
            "LINLI_OIDC_NAME": "金昌政务",
        }
        settings.SOCIALACCOUNT_PROVIDERS = openid_connect(given)
        yield running


def sign_on(client: Client, next_url: str = "/me/") -> object:
    start = client.get(f"/accounts/oidc/oidc/login/?process=login&next={next_url}")
    assert start.status_code == 302
    back = follow(start.url)
    return client.get(back.removeprefix("http://testserver"))


@pytest.mark.django_db
def test_the_button_is_there_only_when_it_is_configured(client: Client, settings: Any) -> None:
    assert openid_connect({}) == {}
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "/accounts/oidc/" not in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_the_sign_in_page_offers_it(client: Client, provider: Provider) -> None:
    page = client.get("/accounts/login/?next=/me/").content.decode()
    assert "金昌政务" in page
    assert "/accounts/oidc/oidc/login/?process=login&amp;next=%2Fme%2F" in page


@pytest.mark.django_db
def test_a_person_is_known_by_the_username_claim(cast: Cast, provider: Provider) -> None:
    provider.claims = {"sub": "4711", "preferred_username": "CLERK", "name": "某人"}
    client = Client()
    answer = sign_on(client)
    assert answer.url == "/me/"
    assert client.get("/me/").status_code == 200
    assert SocialAccount.objects.get(uid="4711").user == cast.users["clerk"]
    events = list(Entry.objects.order_by("id").values_list("event", flat=True))
    assert events == ["user.link_sign_on", "user.sign_in"]
    # From then on the subject counts, whatever the name there becomes.
    provider.claims = {"sub": "4711", "preferred_username": "somebody"}
    again = Client()
    assert sign_on(again).url == "/me/"
    assert SocialAccount.objects.count() == 1


@pytest.mark.django_db
def test_a_verified_address_is_enough_and_an_unverified_one_is_not(
    cast: Cast, provider: Provider
) -> None:
    User.objects.filter(username="officer").update(email="officer@example.org")
    provider.claims = {"sub": "1", "email": "Officer@example.org", "email_verified": False}
    assert sign_on(Client()).status_code == 200
    assert not SocialAccount.objects.exists()
    provider.claims["email_verified"] = True
    assert sign_on(Client()).url == "/me/"
    # An address two people share says nothing.
    User.objects.filter(username="director").update(email="officer@example.org")
    provider.claims = {"sub": "2", "email": "officer@example.org", "email_verified": True}
    assert sign_on(Client()).status_code == 200


@pytest.mark.django_db
def test_a_stranger_gets_no_account(cast: Cast, provider: Provider) -> None:
    provider.claims = {"sub": "9", "preferred_username": "stranger"}
    before = User.objects.count()
    client = Client()
    answer = sign_on(client)
    assert answer.status_code == 200
    assert client.get("/me/").status_code == 302
    assert User.objects.count() == before


@pytest.mark.django_db
def test_a_stranger_gets_an_account_without_roles_where_that_is_switched_on(
    cast: Cast, provider: Provider, settings: Any
) -> None:
    settings.LINLI_OIDC_SIGN_UP = True
    provider.claims = {"sub": "9", "preferred_username": "wang.fang", "name": "王芳"}
    client = Client()
    assert sign_on(client).url == "/me/"
    user = User.objects.get(username="wang.fang")
    assert (user.name, user.has_usable_password()) == ("王芳", False)
    assert not Role.objects.filter(user=user).exists()


@pytest.mark.django_db
def test_a_closed_account_stays_closed(cast: Cast, provider: Provider) -> None:
    User.objects.filter(username="clerk").update(is_active=False)
    provider.claims = {"sub": "4711", "preferred_username": "clerk"}
    client = Client()
    sign_on(client)
    assert client.get("/me/").status_code == 302


@pytest.mark.django_db
def test_a_forged_answer_is_refused(cast: Cast, provider: Provider) -> None:
    provider.claims = {"sub": "4711", "preferred_username": "clerk"}
    client = Client()
    start = client.get("/accounts/oidc/oidc/login/?process=login")
    back = follow(start.url).removeprefix("http://testserver")
    stranger = Client()
    assert stranger.get(back).status_code in (200, 401)
    assert stranger.get("/me/").status_code == 302
    forged = client.get(back.replace("code=", "code=x"))
    assert forged.status_code in (200, 401)
    assert client.get("/me/").status_code == 302
    assert provider.refused


@pytest.mark.django_db
def test_a_provider_that_is_down_says_so(provider: Provider, settings: Any) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = Client().get("/accounts/oidc/oidc/login/?process=login")
    assert answer.status_code == 503
    assert "entrance-card" in answer.content.decode()
