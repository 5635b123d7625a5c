"""Take a matter in that came without a person at a desk: at the lowest desk of its place."""

from datetime import datetime
from uuid import UUID

from linli.cases.actions.register import register_case
from linli.cases.models import Case
from linli.intake.channel_models import Source
from linli.intake.gazetteer import Gazetteer
from linli.intake.judging import Judge, Judged
from linli.intake.policy import city_of
from linli.intake.queries.channels import desk_of_area
from linli.intake.reasons import Reason
from linli.intake.rows import Draft, Unreadable


def take_matter(source: Source, draft: Draft, *, at: datetime, case_id: UUID | None = None) -> Case:
    """Register a draft and return the case; raises :class:`Unreadable` with every reason.

    What it does not say is read from its text; where that is not clear enough, it is taken in at
    the source's own area and as the kind the source's keeper named. Call it under the scope of the
    source's desk, in a transaction.
    """
    desk = desk_of_area(source.area)
    judge = Judge(desk, Gazetteer(city_of(desk)).names, send=False, read=True)
    answer = judge.judge([draft], at)[0]
    if missing := _missing(answer):
        draft.area = draft.area or (source.area if "no_area" in missing else None)
        draft.kind = draft.kind or source.options["kind"]
        answer = judge.judge([draft], at)[0]
        if _missing(answer) == {"no_kind"}:
            draft.kind = source.options["kind"]
            answer = judge.judge([draft], at)[0]
    if isinstance(answer, list):
        raise Unreadable(answer)
    matter, _course = answer
    return register_case(matter, actor=desk_of_area(matter.area), at=at, case_id=case_id)


def _missing(answer: Judged) -> set[str]:
    """Return which of place and kind nobody could tell; empty for every other refusal."""
    if isinstance(answer, tuple):
        return set()
    codes = {code for code, _facts in answer}
    return codes if codes <= {"no_area", "no_kind"} else set()


def in_words(reasons: list[Reason]) -> str:
    """Return the codes of reasons for the log: never what stood in the message."""
    return ", ".join(sorted({code for code, _facts in reasons}))[:300]
