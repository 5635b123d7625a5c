"""Administering people: each verb's rule, refusal, record and page."""

import re
from datetime import date, timedelta

import pytest
from axes.models import AccessAttempt
from django.utils import timezone

from linli.accounts.actions.create_person import NewPerson, create_person
from linli.accounts.actions.deactivate import deactivate_person
from linli.accounts.actions.end_role import end_role
from linli.accounts.actions.grant_role import NewRole, grant_role
from linli.accounts.actions.reactivate import reactivate_person
from linli.accounts.actions.reset_password import reset_password
from linli.accounts.actions.unlock import unlock_person
from linli.accounts.actor import SYSTEM
from linli.accounts.models import ApiToken, Role, User
from linli.accounts.people import Filters, people
from linli.accounts.queries import actor_of
from linli.accounts.scope import acting
from linli.accounts.tests.conftest import SignedIn
from linli.audit.models import Entry
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.kernel.working_days import local_date
from tests.cast import BEIJING_ROAD, CITY, COUNTY, GRID, LONGMENLI, Cast, make_user

WANG = NewPerson("wang.fang", "王芳", phone="0935-0000000")
GRID_ROLE = NewRole("grid_worker", GRID)


@pytest.fixture
def county(cast: Cast) -> Cast:
    """The cast with an administrator of the county who covers less than the city's."""
    cast.users["county_admin"] = make_user("county_admin", "administrator", COUNTY, None)
    return cast


@pytest.mark.django_db
def test_create_gives_an_account_a_role_and_a_password_to_change(county: Cast) -> None:
    admin = county.actor("county_admin")
    with acting(admin):
        user, password = create_person(WANG, GRID_ROLE, actor=admin, at=timezone.now())
    assert re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", password)
    assert user.check_password(password)
    assert user.must_change_password
    role = Role.objects.get(user=user)
    assert (role.kind, role.area, role.unit) == ("grid_worker", GRID, county.posts[GRID].id)
    events = Entry.objects.order_by("id").values_list("event", flat=True)
    assert list(events) == ["user.create", "role.grant"]
    assert "王芳" not in "".join(str(entry.facts) for entry in Entry.objects.all())


@pytest.mark.django_db
def test_an_area_is_found_by_its_name(county: Cast) -> None:
    admin = county.actor("county_admin")
    user, _ = create_person(WANG, NewRole("mediator", "龙门里社区"), actor=admin, at=timezone.now())
    assert Role.objects.get(user=user).area == LONGMENLI


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("new", "role", "field"),
    [
        (NewPerson("wang fang", "王芳"), GRID_ROLE, "username"),
        (NewPerson("CLERK", "王芳"), GRID_ROLE, "username"),
        (NewPerson("wang.fang", " "), GRID_ROLE, "name"),
        (NewPerson("wang.fang", "王芳", email="no"), GRID_ROLE, "email"),
        (WANG, NewRole("pope", GRID), "kind"),
        (WANG, NewRole("grid_worker", "nowhere"), "area"),
        (WANG, NewRole("grid_worker", CITY), "area"),
        (WANG, NewRole("mediator", LONGMENLI, unit="别处"), "unit"),
        (WANG, NewRole("department_officer", BEIJING_ROAD), "unit"),
        (WANG, NewRole("mediator", GRID, starts=date(1900, 1, 1)), "starts"),
        (WANG, NewRole("mediator", GRID, ends=date(2020, 1, 1)), "ends"),
    ],
)
def test_create_says_what_is_wrong(county: Cast, new: NewPerson, role: NewRole, field: str) -> None:
    admin = county.actor("county_admin")
    with pytest.raises(Invalid) as refused:
        create_person(new, role, actor=admin, at=timezone.now())
    assert list(refused.value.fields) == [field]
    assert not User.objects.filter(username="wang.fang").exists()


@pytest.mark.django_db
def test_an_administrator_stays_within_the_area(county: Cast) -> None:
    at = timezone.now()
    admin = county.actor("county_admin")
    above = county.users["city_director"]
    with pytest.raises(NotFound):
        reset_password(above.pk, actor=admin, at=at)
    # Somebody of the county who also works for the city is seen, but not theirs to change.
    Role.objects.create(user=above, kind="auditor", area=BEIJING_ROAD, starts=date(2020, 1, 1))
    with pytest.raises(NotPermitted):
        reset_password(above.pk, actor=admin, at=at)
    with pytest.raises(NotFound):
        reset_password(county.users["clerk"].pk, actor=county.actor("director"), at=at)
    with pytest.raises(NotPermitted):
        reset_password(county.users["county_admin"].pk, actor=admin, at=at)


@pytest.mark.django_db
def test_several_roles_and_none_twice(county: Cast) -> None:
    at, admin = timezone.now(), county.actor("county_admin")
    clerk = county.users["clerk"]
    grant_role(clerk.pk, NewRole("mediator", LONGMENLI), actor=admin, at=at)
    actor = actor_of(clerk.pk, local_date(at))
    assert actor is not None
    assert {role.kind for role in actor.roles} == {"window_clerk", "mediator"}
    with pytest.raises(Invalid):
        grant_role(clerk.pk, NewRole("mediator", LONGMENLI), actor=admin, at=at)


@pytest.mark.django_db
def test_a_role_holds_up_to_its_last_day(county: Cast) -> None:
    at, admin = timezone.now(), county.actor("county_admin")
    today = local_date(at)
    clerk = county.users["clerk"]
    role = Role.objects.get(user=clerk)
    end_role(role.pk, last_day=today, actor=admin, at=at)
    for day, held in ((today, 1), (today + timedelta(days=1), 0)):
        actor = actor_of(clerk.pk, day)
        assert actor is not None
        assert len(actor.roles) == held
    with pytest.raises(IllegalMove):
        end_role(role.pk, last_day=today, actor=admin, at=at + timedelta(days=2))
    assert Entry.objects.get(event="role.end").object_id == str(role.pk)


@pytest.mark.django_db
def test_a_role_cannot_end_before_it_starts(county: Cast) -> None:
    role = Role.objects.get(user=county.users["clerk"])
    with pytest.raises(Invalid):
        end_role(role.pk, last_day=date(2012, 1, 1), actor=SYSTEM, at=timezone.now())


@pytest.mark.django_db
def test_leaving_and_coming_back(county: Cast) -> None:
    at, admin = timezone.now(), county.actor("county_admin")
    clerk = county.users["clerk"]
    ApiToken.objects.create(
        user=clerk, name="x", digest=b"1" * 32, expires_at=at + timedelta(days=1)
    )
    with pytest.raises(Invalid):
        deactivate_person(clerk.pk, reason="", actor=admin, at=at)
    deactivate_person(clerk.pk, reason="退休", actor=admin, at=at)
    clerk.refresh_from_db()
    assert not clerk.is_active
    assert actor_of(clerk.pk, local_date(at)) is None
    assert ApiToken.objects.get().revoked_at is not None
    assert Role.objects.get(user=clerk).ends == local_date(at)
    with pytest.raises(IllegalMove):
        deactivate_person(clerk.pk, reason="退休", actor=admin, at=at)
    with pytest.raises(IllegalMove):
        reset_password(clerk.pk, actor=admin, at=at)
    later = at + timedelta(days=40)
    user, password = reactivate_person(clerk.pk, actor=admin, at=later)
    assert user.check_password(password)
    actor = actor_of(clerk.pk, local_date(later))
    assert actor is not None
    assert actor.roles == ()


@pytest.mark.django_db
def test_unlock_forgets_the_attempts_of_one_name(county: Cast) -> None:
    for name in ("clerk", "director"):
        AccessAttempt.objects.create(username=name, ip_address="10.0.0.1", failures_since_start=5)
    unlock_person(county.users["clerk"].pk, actor=county.actor("county_admin"), at=timezone.now())
    assert [a.username for a in AccessAttempt.objects.all()] == ["director"]
    assert Entry.objects.filter(event="user.unlock").count() == 1


@pytest.mark.django_db
def test_the_list_pages_through_everybody_once(
    county: Cast, django_assert_max_num_queries: object
) -> None:
    User.objects.bulk_create(
        [User(username=f"p{n}", name=f"人{n % 7}", password="!") for n in range(120)]
    )
    Role.objects.bulk_create(
        [
            Role(user=user, kind="volunteer", area=LONGMENLI, starts=date(2020, 1, 1))
            for user in User.objects.filter(username__startswith="p")
        ]
    )
    admin, day = county.actor("county_admin"), date(2026, 3, 10)
    seen: list[str] = []
    after = ""
    while True:
        with django_assert_max_num_queries(6):  # type: ignore[operator]
            page = people(admin, Filters(), day, after=after)
        seen += [line.username for line in page.lines]
        if not page.after:
            break
        after = page.after
    expected = User.objects.filter(roles__area__startswith=COUNTY).distinct()
    assert len(seen) == len(set(seen)) == expected.count()
    back = people(admin, Filters(), day, before=page.before)
    assert back.lines[-1].username == seen[seen.index(page.lines[0].username) - 1]
    assert not people(admin, Filters(words="city"), day).lines
    assert [line.name for line in people(admin, Filters(kind="auditor"), day).lines] == []
    assert len(people(admin, Filters(area=GRID), day).lines) == 1
    assert people(admin, Filters(), day, after="no id").lines


@pytest.mark.django_db
def test_pages_are_for_administrators(signed_in: SignedIn, cast: Cast) -> None:
    clerk = cast.users["clerk"].pk
    for path in ("/people/", "/people/new/", f"/people/{clerk}/", "/people/import/"):
        assert signed_in("clerk").get(path).status_code == 403
        assert signed_in("administrator").get(path).status_code == 200


@pytest.mark.django_db
def test_a_new_account_on_the_page(signed_in: SignedIn, cast: Cast) -> None:
    client = signed_in("administrator")
    form = {"name": "王芳", "username": "clerk", "kind": "mediator", "area": LONGMENLI}
    answer = client.post("/people/new/", {**form, "starts": "2026-01-01"})
    assert answer.status_code == 422
    assert 'value="王芳"' in answer.content.decode()
    answer = client.post("/people/new/", {**form, "username": "wf", "starts": "2026-01-01"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    password = re.search(r'class="secret">([a-z0-9-]{14})<', answer.content.decode())
    assert password
    assert User.objects.get(username="wf").check_password(password[1])
    units = client.get(f"/people/units/?area={BEIJING_ROAD}").content.decode()
    assert "北京路司法所" in units


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["reset_password", "unlock", "deactivate"])
def test_verbs_ask_first_and_then_act(signed_in: SignedIn, cast: Cast, verb: str) -> None:
    client = signed_in("administrator")
    path = f"/people/{cast.users['clerk'].pk}/{verb}/"
    assert client.get(path).status_code == 200
    assert not Entry.objects.exists()
    answer = client.post(path, {"reason": "调离", "successor": ""})
    assert answer.status_code in (200, 302)
    assert Entry.objects.filter(event__startswith="user.").exists()
    assert client.get(f"/people/{cast.users['clerk'].pk}/").status_code == 200


@pytest.mark.django_db
def test_ending_a_role_on_the_page(signed_in: SignedIn, cast: Cast) -> None:
    client = signed_in("administrator")
    clerk = cast.users["clerk"]
    role = Role.objects.get(user=clerk)
    path = f"/people/{clerk.pk}/roles/{role.pk}/end/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"last_day": "2012-01-01"}).status_code == 422
    assert client.post(path, {"last_day": "2100-01-01"}).status_code == 302
    role.refresh_from_db()
    assert role.ends == date(2100, 1, 1)
    assert client.get(f"/people/{clerk.pk}/nonsense/").status_code == 404
