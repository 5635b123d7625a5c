"""The second factor: set up, asked for, required by a role, lost and given back."""

import re
from typing import Any

import pyotp
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from linli.accounts.actions.reset_second_factor import reset_second_factor
from linli.accounts.actions.second_factor_rule import set_second_factor_rules
from linli.accounts.actor import SYSTEM
from linli.accounts.models import Remark, SecondFactorRule, User
from linli.audit.models import Entry
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from tests.cast import CITY, COUNTY, PASSWORD, Cast, make_user

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(client: Client, name: str) -> object:
    return client.post("/accounts/login/", {"login": name, "password": PASSWORD})


@pytest.fixture
def user(cast: Cast) -> User:
    return make_user("li.wei", "administrator", CITY, None, password=PASSWORD)


@pytest.fixture
def factor(user: User) -> Authenticator:
    RecoveryCodes.activate(user)
    return TOTP.activate(user, SECRET).instance


@pytest.mark.django_db
def test_the_secret_is_sealed_in_the_database(factor: Authenticator) -> None:
    assert SECRET not in str(factor.data)
    assert factor.wrap().validate_code(pyotp.TOTP(SECRET).now())


@pytest.mark.django_db
def test_signing_in_needs_the_code(user: User, factor: Authenticator) -> None:
    client = Client()
    answer = sign_in(client, "li.wei")
    assert answer.url.startswith("/accounts/2fa/authenticate/")
    assert client.get("/me/").status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    code = pyotp.TOTP(SECRET).now()
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/me/").status_code == 200
    cache.clear()


@pytest.mark.django_db
def test_a_recovery_code_works_once(user: User, factor: Authenticator) -> None:
    stored = Authenticator.objects.get(user=user, type="recovery_codes")
    code = stored.wrap().get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        sign_in(client, "li.wei")
        answer = client.post("/accounts/2fa/authenticate/", {"code": code})
        assert answer.status_code == expected


@pytest.mark.django_db
def test_a_role_can_require_it_from_the_next_request_on(
    user: User, django_capture_on_commit_callbacks: Any
) -> None:
    client = Client()
    sign_in(client, "li.wei")
    assert client.get("/me/").status_code == 200
    SecondFactorRule.objects.create(kind="administrator")
    answer = client.get("/people/?state=all")
    assert answer.url == "/accounts/2fa/totp/activate/?next=%2Fpeople%2F%3Fstate%3Dall"
    assert client.post("/people/new/").url == "/accounts/2fa/totp/activate/"
    assert client.get("/api/v1/areas/6203").status_code == 403
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret
    code = pyotp.TOTP(secret[1]).now()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert answer.url == "/accounts/2fa/recovery-codes/"
    codes = client.get(answer.url).content.decode()
    assert len(re.findall(r"<li><code>\d{10}</code>", codes)) == 10
    assert client.get("/people/").status_code == 200
    assert Entry.objects.filter(event="user.add_second_factor").exists()


@pytest.mark.django_db
def test_what_a_role_requires_cannot_be_switched_off(user: User, factor: Authenticator) -> None:
    client = Client()
    sign_in(client, "li.wei")
    client.post("/accounts/2fa/authenticate/", {"code": pyotp.TOTP(SECRET).now()})
    SecondFactorRule.objects.create(kind="administrator")
    client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    SecondFactorRule.objects.all().delete()
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=user).exists()


@pytest.mark.django_db
def test_a_password_alone_is_asked_again_before_changes(user: User) -> None:
    client = Client()
    client.force_login(user, backend="linli.accounts.backend.RoleBackend")
    answer = client.get("/accounts/2fa/totp/activate/")
    assert answer.url.startswith("/accounts/reauthenticate/")
    answer = client.post(answer.url, {"password": PASSWORD, "next": "/accounts/2fa/totp/activate/"})
    assert answer.status_code == 302
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


@pytest.mark.django_db
def test_another_administrator_resets_with_a_reason(
    cast: Cast, user: User, factor: Authenticator
) -> None:
    other = cast.actor("administrator")
    with pytest.raises(Invalid):
        reset_second_factor(user.pk, reason=" ", actor=other, at=timezone.now())
    reset_second_factor(user.pk, reason="手机遗失，已当面核实", actor=other, at=timezone.now())
    assert not Authenticator.objects.filter(user=user).exists()
    entry = Entry.objects.get(event="user.reset_second_factor")
    assert "手机" not in str(entry.facts)
    assert Remark.objects.get(entry=entry.pk).text == "手机遗失，已当面核实"
    with pytest.raises(IllegalMove):
        reset_second_factor(user.pk, reason="again", actor=SYSTEM, at=timezone.now())


@pytest.mark.django_db
def test_nobody_resets_their_own(cast: Cast) -> None:
    actor = cast.actor("administrator")
    with pytest.raises(NotPermitted):
        reset_second_factor(
            cast.users["administrator"].pk, reason="lost", actor=actor, at=timezone.now()
        )


@pytest.mark.django_db
def test_rules_are_the_citys_administrators(cast: Cast) -> None:
    make_user("county_administrator", "administrator", COUNTY, None)
    cast.users["ca"] = User.objects.get(username="county_administrator")
    with pytest.raises(NotPermitted):
        set_second_factor_rules(["auditor"], actor=cast.actor("ca"), at=timezone.now())
    with pytest.raises(Invalid):
        set_second_factor_rules(["pope"], actor=cast.actor("administrator"), at=timezone.now())
    admin = cast.actor("administrator")
    set_second_factor_rules(["auditor", "administrator"], actor=admin, at=timezone.now())
    set_second_factor_rules(["administrator"], actor=admin, at=timezone.now())
    assert list(SecondFactorRule.objects.values_list("kind", flat=True)) == ["administrator"]
    events = Entry.objects.order_by("id").values_list("event", "object_id")
    assert list(events) == [
        ("second_factor.require", "administrator"),
        ("second_factor.require", "auditor"),
        ("second_factor.waive", "auditor"),
    ]
