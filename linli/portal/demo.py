"""The demo's residents: conversations on cases that came online, some of them published.

No case is made here, so that the city's figures stay as they are: reports are laid beside cases the
demo has already.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from linli.cases.models import Case
from linli.kernel.ids import new_id
from linli.kernel.working_days import add_working_days, local_date
from linli.portal.lifecycle import PUBLISHABLE_KINDS, WAITING, WITHOUT_PHOTO
from linli.portal.models import Message, Publication, Reopening, Report, Side, Terms
from linli.portal.receipts import code_for, hash_of
from linli.portal.texts import without_numbers

RECENT = timedelta(days=40)
_PUBLISHED, _WAITING = 14, 4
_DECIMALS = 3

# What is written after the report, by whom, and how many hours later.
type Line = tuple[str, str, int]
_ASKED: Sequence[Line] = (("question", "请问具体在几号楼几单元？方便的话拍一张照片补充上来。", 3),)
_ANSWERED: Sequence[Line] = (
    *_ASKED,
    ("answer", "在小区西门进来第二栋，三单元门口。", 5),
    ("message", "收到，已安排人员明天上午到现场查看。", 7),
)
_ADDED: Sequence[Line] = (("addition", "今天又看了一下，情况比昨天更明显了，麻烦尽快。", 20),)
_OUTCOME: Sequence[Line] = (
    ("outcome", "已到现场处理完毕。如果再出现同样的情况，请直接在这里告诉我们。", 30),
)
_TALKS = (_ANSWERED, _ADDED, _ASKED, (), _ADDED)


def sample_code() -> str | None:
    """Return the code of a demo receipt to try, while the demo's reports are there."""
    code = code_for(_key(0))
    return code if Report.objects.filter(token_hash=hash_of(code)).exists() else None


def show(now: datetime) -> None:
    """Lay the reports beside the demo's cases; all of it lies before ``now``."""
    Terms.objects.create(
        hours="周一至周五 8:30–12:00，14:30–18:00", hours_en="Mon–Fri 8:30–12:00, 14:30–18:00"
    )
    recent = Case.objects.filter(opened_at__gte=now - RECENT, kind__in=PUBLISHABLE_KINDS)
    ordered = recent.order_by("-opened_at", "-id")
    solved = list(ordered.filter(state="resolved", followed_up_at=None)[:2])
    at_work = list(ordered.filter(state__in=("handling", "assigned"))[: len(_TALKS)])
    taken = [case.id for case in (*solved, *at_work)]
    others = ordered.exclude(pk__in=taken)[: _PUBLISHED + _WAITING]
    talks = [
        *((case, _OUTCOME) for case in solved),
        *zip(at_work, _TALKS, strict=False),
        *((case, ()) for case in others),
    ]
    reports = [_report(number, case) for number, (case, _lines) in enumerate(talks)]
    Report.objects.bulk_create(reports)
    Message.objects.bulk_create(
        line
        for report, (case, lines) in zip(reports, talks, strict=True)
        for line in _messages(report, case, lines, now)
    )
    Publication.objects.bulk_create(_publications(reports[len(taken) :], now))
    if solved:
        _wish(reports[0], solved[0], now)


def _key(number: int) -> UUID:
    return UUID(int=0x6C696E6C69 << 64 | number)


def _report(number: int, case: Case) -> Report:
    code = code_for(_key(number))
    return Report(
        id=new_id(), case=case, token_hash=hash_of(code), way="page", language="zh-hans",
        made_at=case.opened_at,
    )  # fmt: skip


def _messages(
    report: Report, case: Case, lines: Iterable[Line], now: datetime
) -> Iterable[Message]:
    words = case.description or case.title
    yield _message(report, "report", words, case.opened_at, seen=True)
    at = case.opened_at
    for word, text, hours in lines:
        at = max(at, case.opened_at + timedelta(hours=hours))
        at = min(at, now - timedelta(minutes=30))
        yield _message(report, word, text, at, seen=word != "addition")


def _message(report: Report, word: str, text: str, at: datetime, *, seen: bool) -> Message:
    resident = word in ("report", "addition", "answer", "wish")
    return Message(
        report=report, case_id=report.case_id, word=word, text=text, at=at,
        side=Side.RESIDENT if resident else Side.CENTRE, seen_at=at if resident and seen else None,
    )  # fmt: skip


def _publications(reports: Sequence[Report], now: datetime) -> Iterable[Publication]:
    for number, report in enumerate(reports):
        case = report.case
        waits = number < _WAITING
        yield Publication(
            case=case, report=report, state=WAITING if waits else WITHOUT_PHOTO,
            text=without_numbers(case.description or case.title),
            latitude=None if case.latitude is None else round(case.latitude, _DECIMALS),
            longitude=None if case.longitude is None else round(case.longitude, _DECIMALS),
            asked_at=case.opened_at,
            decided_at=None if waits else min(case.opened_at + timedelta(hours=4), now),
        )  # fmt: skip


def _wish(report: Report, case: Case, now: datetime) -> None:
    assert case.resolved_at is not None  # noqa: S101 - chosen among the resolved
    reason = "处理之后好了两天，又和原来一样了，希望再来看看。"
    at = now - timedelta(minutes=2)
    Reopening.objects.create(
        report=report, case=case, reason=reason, asked_at=at,
        due_on=add_working_days(local_date(at), Terms().decision_days),
        resolved_at=case.resolved_at,
    )  # fmt: skip
    _message(report, "wish", reason, at, seen=False).save(force_insert=True)
