"""Learning from handled cases: measured first, switched on by a person, rolled back; nothing personal."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cases.actions.parties import PartyData, sealed_party
from linli.cases.models import Case, Category
from linli.cases.tests.desk import Desk
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.reading.actions.learn import learn
from linli.reading.actions.switch import switch_off, switch_on
from linli.reading.masking import SIGN, masked
from linli.reading.models import Version
from linli.reading.queries import propose
from linli.reading.queries.handled import handled_cases
from linli.reading.queries.tables import learned
from linli.reading.tasks import learn_by_night
from tests.cast import CITY, LONGMENLI

# Words the city's own people use; in no list.
OWN = {"neighbour": "串味儿咣当响", "property": "楼管费那点事", "wages": "白干了俩月活"}


def handled(desk: Desk, number: int) -> None:
    """Save handled cases as the demo does, in bulk: each category in its people's own words."""
    post = desk.cast.posts[LONGMENLI]
    now = timezone.now()
    Case.objects.bulk_create(
        Case(
            number=f"H-{n}", kind="dispute", category_id=category, title=f"{OWN[category]}第{n}回",
            description=f"还是那个{OWN[category]}，烦请看看", channel="window", area_id=LONGMENLI,
            state="resolved", holder=post, level="village", opened_at=now,
            resolved_at=now - timedelta(hours=number - n),
        )
        for n in range(number)
        for category in [list(OWN)[n % 3]]
    )  # fmt: skip


@pytest.fixture
def city(desk: Desk) -> Desk:
    handled(desk, 240)
    return desk


def test_a_version_is_measured_and_waits(city: Desk) -> None:
    version = learn(at=timezone.now())
    assert version is not None
    assert (version.number, version.learned_from, version.tested_on) == (1, 192, 48)
    assert version.accuracy > 0.95
    assert version.rules_accuracy < 0.2, "the lists do not know how people here talk"
    assert set(version.quality["categories"]) >= set(OWN)
    assert version.quality["sure_right"] <= version.quality["sure"]
    assert propose("串味儿", within=CITY).category is None, "nobody switched it on"
    entry = Entry.objects.get(event="reading.learn")
    assert entry.facts["digest"] == version.digest


def test_switched_on_it_proposes_and_switched_off_no_more(city: Desk) -> None:
    learn(at=timezone.now())
    administrator = city.cast.actor("administrator")
    with acting(administrator):
        switch_on(1, actor=administrator, at=timezone.now())
    _forgotten()
    found = propose("楼上咣当响，串味儿", within=CITY)
    assert found.category is not None
    assert (found.category.value, found.category.source) == ("neighbour", "learned")
    assert found.version == 1
    assert any(word in "楼上咣当响，串味儿" for word in found.category.words)
    with acting(administrator):
        switch_off(actor=administrator, at=timezone.now())
    _forgotten()
    assert learned() is None


def _forgotten() -> None:
    from linli.reading.queries import tables

    tables.forget()


def test_a_category_the_model_never_saw_comes_from_the_words(city: Desk) -> None:
    learn(at=timezone.now())
    switch_on(1, actor=city.cast.actor("administrator"), at=timezone.now())
    _forgotten()
    found = propose("离婚以后的抚养费问题", within=CITY)
    assert (
        found.category is None
        or found.category.value != "family"
        or found.category.source == "rules"
    )


def test_a_retired_category_is_proposed_by_nobody(city: Desk) -> None:
    learn(at=timezone.now())
    switch_on(1, actor=city.cast.actor("administrator"), at=timezone.now())
    Category.objects.filter(pk="neighbour").update(retired=True)
    _forgotten()
    found = propose("串味儿咣当响", within=CITY)
    assert found.category is None or found.category.value != "neighbour"


def test_rolling_back_to_an_older_version(city: Desk) -> None:
    administrator = city.cast.actor("administrator")
    for _ in range(2):
        learn(at=timezone.now())
    for number in (1, 2, 1):
        switch_on(number, actor=administrator, at=timezone.now())
    on = Version.objects.filter(switched_on_at__isnull=False, switched_off_at=None)
    assert [one.number for one in on] == [1]
    assert Entry.objects.filter(event="reading.switch_on").last().facts["before"] == 2


def test_versions_that_are_not_there_or_not_kept(city: Desk) -> None:
    administrator = city.cast.actor("administrator")
    with pytest.raises(NotFound):
        switch_on(9, actor=administrator, at=timezone.now())
    with pytest.raises(Invalid):
        switch_off(actor=administrator, at=timezone.now())
    learn(at=timezone.now())
    Version.objects.update(stored=b"")
    with pytest.raises(Invalid):
        switch_on(1, actor=administrator, at=timezone.now())


@pytest.mark.parametrize("name", ["clerk", "city_director", "auditor", "mediator"])
def test_only_the_administrator_switches(city: Desk, name: str) -> None:
    actor = city.cast.actor(name)
    for act in (lambda: switch_on(1, actor=actor, at=timezone.now()),
                lambda: switch_off(actor=actor, at=timezone.now()),
                lambda: learn(actor=actor, at=timezone.now())):  # fmt: skip
        with pytest.raises(NotPermitted):
            act()


def test_too_little_to_learn_from(desk: Desk) -> None:
    assert learn(at=timezone.now()) is None
    handled(desk, 30)
    assert learn(at=timezone.now()) is None


def test_by_night_only_when_enough_is_new(city: Desk) -> None:
    learn_by_night(timestamp=0)
    assert Version.objects.count() == 1
    learn_by_night(timestamp=0)
    assert Version.objects.count() == 1


def test_what_is_personal_is_cut_out_and_an_erased_person_leaves_the_case_out(city: Desk) -> None:
    first, second = Case.objects.order_by("-resolved_at")[:2]
    first.description = "欧阳锋说的，电话13909350001，住龙门里3号楼"
    first.save()
    given = PartyData(role="applicant", name="欧阳锋", phone="13909350001", address="龙门里3号楼")
    sealed_party(first, given).save(force_insert=True)
    gone = sealed_party(second, PartyData(role="applicant", name="令狐冲"))
    gone.erased_at = timezone.now()
    gone.save(force_insert=True)
    found = handled_cases()
    assert len(found) == 239
    text = next(one.text for one in found if first.title in one.text)
    assert "欧阳锋" not in text
    assert "139" not in text
    assert "龙门里3号楼" not in text


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("我叫王小明，住三楼", "王小明"),
        ("联系人：李四，电话 139-0935-0001", "李四"),
        ("联系人：李四，电话 139-0935-0001", "0935"),
        ("身份证620302199001011234", "620302199001011234"),
        ("张师傅不给钱", "张师傅"[:1]),
        ("写信到 zhang.san@example.com", "zhang"),
        ("甘C12345的车挡路", "12345"),
        ("打0935-8212345没人接", "8212345"),
    ],
)
def test_masking(text: str, gone: str) -> None:
    assert gone not in masked(text)
    assert SIGN in masked(text)


@pytest.mark.parametrize(
    "text", ["本人高度重视此事", "物业费每月120元", "2026年3月10日停水", "3号楼2单元301室"]
)
def test_masking_leaves_the_matter(text: str) -> None:
    assert masked(text) == text


def test_the_web_role_reads_models_and_no_lessons_of_others(city: Desk) -> None:
    learn(at=timezone.now())
    with acting(city.cast.actor("clerk")), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reading_version")
        assert cursor.fetchone() == (1,)
