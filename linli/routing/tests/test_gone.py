"""A rule whose target has gone reports itself once, to those who can mend it."""

from datetime import timedelta

import pytest

from linli.accounts.models import Role
from linli.areas.actions.close_unit import close_unit
from linli.audit.models import Entry
from linli.notices.models import Notice
from linli.routing.models import Rule
from linli.routing.tasks import report_gone_daily, report_gone_of
from linli.routing.tests.rules import put_on, worded
from tests.cast import BEIJING_ROAD, TUESDAY, Cast

pytestmark = pytest.mark.django_db


def reported() -> int:
    return Entry.objects.filter(event="routing.report_gone").count()


def test_after_a_unit_is_closed(cast: Cast) -> None:
    put_on(cast, worded(cast.justice.id), worded(cast.posts[BEIJING_ROAD].id))
    report_gone_of("")
    assert not reported()
    close_unit(cast.justice.id, actor=cast.actor("administrator"), at=TUESDAY)
    report_gone_of(str(cast.justice.id))
    report_gone_daily(0)
    assert reported() == 1
    told = Notice.objects.filter(kind="rule_gone")
    writers = {cast.users[name].id for name in ("administrator", "city_director")}
    assert {notice.user_id for notice in told} == writers
    assert all("1.1" in notice.subject for notice in told)
    assert list(Rule.objects.order_by("position").values_list("reported_at", flat=True))[1] is None


def test_after_a_role_ends(cast: Cast) -> None:
    officer = cast.users["officer"]
    put_on(cast, worded(cast.justice.id, handler=officer.id))
    role = Role.objects.get(user=officer)
    Role.objects.filter(pk=role.pk).update(ends=TUESDAY.date() - timedelta(days=1))
    report_gone_daily(0)
    assert reported() == 1
