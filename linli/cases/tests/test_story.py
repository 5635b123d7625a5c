"""One matter from the window to the archive, through the actions alone."""

from datetime import timedelta

import pytest

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.audit.verify import verify
from linli.cases import lifecycle
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.close import close_case
from linli.cases.actions.escalate import escalate_case
from linli.cases.actions.follow_up import follow_up_case
from linli.cases.actions.progress import progress_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.return_ import return_case
from linli.cases.lights import light_of
from linli.cases.models import Case, Event
from tests.cast import BEIJING_ROAD, LONGMENLI, TUESDAY, make_case, make_cast


@pytest.mark.django_db
def test_a_case_from_intake_to_archive() -> None:
    cast = make_cast()
    clerk, mediator, director = (cast.actor(n) for n in ("clerk", "mediator", "director"))
    at = TUESDAY
    with acting(clerk):
        case = make_case(cast)
        assign_case(case.id, actor=clerk, at=at)
    with acting(mediator):
        accept_case(case.id, actor=mediator, at=at)
        progress_case(case.id, note="上门查看", actor=mediator, at=at)
        case = escalate_case(case.id, note="需要街道协调", actor=mediator, at=at)
    assert case.holder.area_id == BEIJING_ROAD
    assert case.level == "township"
    with acting(director):
        case = return_case(case.id, note="先做一次调解", actor=director, at=at)
    assert case.holder.area_id == LONGMENLI
    with acting(mediator):
        accept_case(case.id, actor=mediator, at=at)
        resolve_case(case.id, note="双方达成一致", actor=mediator, at=at)
        later = at + timedelta(days=30)
        follow_up_case(
            case.id, way="visit", satisfaction=5, recurred=False, actor=mediator, at=later
        )
        close_case(case.id, actor=mediator, at=later)
    case = Case.objects.get(pk=case.id)
    assert case.state == "closed"
    assert case.resolved_level == "village"
    assert light_of(case, later) == "green"
    verbs = list(Event.objects.filter(case=case).order_by("id").values_list("verb", flat=True))
    assert lifecycle.replay(verbs) == "closed"
    audited = Entry.objects.filter(object_id=str(case.id)).order_by("id")
    assert [entry.event for entry in audited] == [f"case.{verb}" for verb in verbs]
    verdict = verify()
    assert verdict.ok
    assert verdict.entries == len(verbs)
