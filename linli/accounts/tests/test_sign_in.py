"""Getting in: password, lock-out, sessions that end, duties before anything else."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from linli.accounts.models import User
from linli.audit.models import Entry
from tests.cast import CITY, PASSWORD, make_areas, make_user

LOGIN = "/accounts/login/"
# A signed-in page of this app that everybody may open.
HOME = "/me/"


@pytest.fixture
def user(db: None) -> User:
    make_areas()
    return make_user("li.wei", "administrator", CITY, None, password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, name: str = "li.wei", **extra: str) -> object:
    return client.post(LOGIN, {"login": name, "password": password}, **extra)


@pytest.mark.django_db
def test_every_page_leads_to_sign_in_and_back(client: Client, user: User) -> None:
    answer = client.get("/me/?tab=tokens")
    assert answer.status_code == 302
    assert answer.url == "/accounts/login/?next=/me/%3Ftab%3Dtokens"
    answer = client.post(
        answer.url, {"login": "li.wei", "password": PASSWORD, "next": "/me/?tab=tokens"}
    )
    assert answer.url == "/me/?tab=tokens"
    assert client.get(HOME).status_code == 200


@pytest.mark.django_db
def test_another_host_is_never_gone_on_to(client: Client, user: User) -> None:
    answer = client.post(
        LOGIN, {"login": "li.wei", "password": PASSWORD, "next": "https://example.org/"}
    )
    assert answer.url == "/"


@pytest.mark.django_db
def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(client: Client) -> None:
    answer = client.post("/me/", {}, headers={"referer": "http://testserver/cases/?state=open"})
    assert answer.url == "/accounts/login/?next=/cases/%3Fstate%3Dopen"
    answer = client.post("/me/", {}, headers={"referer": "https://example.org/cases/"})
    assert answer.url == "/accounts/login/?next=/"


@pytest.mark.django_db
def test_healthz_and_help_are_open_and_sign_up_is_not(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/accounts/password/reset/").status_code == 200
    for closed in ("signup/", "email/", "3rdparty/", "3rdparty/signup/", "confirm-email/"):
        assert client.get(f"/accounts/{closed}").status_code == 404


@pytest.mark.django_db
def test_sign_in_and_out_are_on_the_record(client: Client, user: User) -> None:
    sign_in(client)
    client.post("/accounts/logout/")
    events = Entry.objects.filter(object_id=str(user.id)).order_by("id")
    assert [entry.event for entry in events] == ["user.sign_in", "user.sign_out"]
    assert client.get(HOME).status_code == 302


@pytest.mark.django_db
def test_passwords_are_kept_as_argon2(user: User) -> None:
    assert user.password.startswith("argon2$argon2id$")


@pytest.mark.django_db
def test_five_wrong_passwords_lock_name_and_address(client: Client, user: User) -> None:
    for _ in range(4):
        assert sign_in(client, "wrong").status_code == 200
    assert sign_in(client, "wrong").status_code == 429
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "li.wei" not in answer.content.decode()
    assert sign_in(client, name="LI.WEI").status_code == 429, "letters' size is no way round"
    assert sign_in(client, REMOTE_ADDR="10.0.0.9").status_code == 302, "their own desk still works"
    assert Entry.objects.filter(event="user.lock_out").count() == 1


@pytest.mark.django_db
def test_the_lock_says_the_same_of_a_name_that_does_not_exist(client: Client, user: User) -> None:
    def last_of_six(name: str) -> str:
        for _ in range(6):
            answer = sign_in(client, "wrong", name)
        return answer.content.decode().split('<div class="entrance-card">')[1].split("</div>")[0]

    assert last_of_six("li.wei") == last_of_six("nobody")


@pytest.mark.django_db
def test_a_lock_ends_by_itself(client: Client, user: User) -> None:
    for _ in range(5):
        sign_in(client, "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client).status_code == 302


@pytest.mark.django_db
def test_an_idle_session_ends(client: Client, user: User) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        sign_in(client)
    with time_machine.travel(now + timedelta(minutes=59), tick=False):
        assert client.get(HOME).status_code == 200
    with time_machine.travel(now + timedelta(minutes=118), tick=False):
        assert client.get(HOME).status_code == 200
    with time_machine.travel(now + timedelta(minutes=179), tick=False):
        assert client.get(HOME).status_code == 302


@pytest.mark.django_db
def test_a_used_session_ends_after_a_shift(client: Client, user: User) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        sign_in(client)
    for minutes in range(50, 600, 50):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            assert client.get(HOME).status_code == 200
    with time_machine.travel(now + timedelta(minutes=601), tick=False):
        assert client.get(HOME).status_code == 302


@pytest.mark.django_db
def test_changing_the_password_ends_the_other_sessions(user: User) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    new = {
        "oldpassword": PASSWORD,
        "password1": "stapled horses 9",
        "password2": "stapled horses 9",
    }
    here.post("/accounts/password/change/", new)
    assert here.get(HOME).status_code == 200
    assert elsewhere.get(HOME).status_code == 302


@pytest.mark.django_db
def test_deactivation_ends_sessions_at_once(client: Client, user: User) -> None:
    sign_in(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(HOME).status_code == 302
    assert sign_in(client).url == "/accounts/inactive/"


@pytest.mark.django_db
def test_a_given_password_is_changed_before_anything_else(client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    sign_in(client)
    answer = client.get("/me/?tab=tokens")
    assert answer.url == "/accounts/password/change/?next=%2Fme%2F%3Ftab%3Dtokens"
    assert client.get(answer.url).status_code == 200
    same = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(answer.url, same).status_code == 200
    new = {
        "oldpassword": PASSWORD,
        "password1": "stapled horses 9",
        "password2": "stapled horses 9",
    }
    answer = client.post("/accounts/password/change/", {**new, "next": "/me/"})
    assert answer.url == "/me/"
    assert client.get(HOME).status_code == 200


@pytest.mark.django_db
def test_forms_without_a_token_are_refused(user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403


@pytest.mark.django_db
def test_the_language_is_remembered_with_the_person(client: Client, user: User) -> None:
    sign_in(client)
    client.post("/i18n/setlang/", {"language": "en", "next": "/me/"})
    user.refresh_from_db()
    assert user.language == "en"
    elsewhere = Client()
    sign_in(elsewhere)
    assert elsewhere.cookies["django_language"].value == "en"
