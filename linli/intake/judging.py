"""What a row does not say: kind, category and place, read from its text where that room offers it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts.actor import Actor
from linli.areas.models import Unit
from linli.cases.actions.register import Matter
from linli.cases.actions.register_many import Course, refusals
from linli.cases.queries.categories import categories
from linli.cases.queries.route import Route
from linli.intake.policy import city_of, reach_of
from linli.intake.reasons import Reason
from linli.intake.rows import Draft
from linli.reading.proposal import Part
from linli.reading.queries import propose_many

_FIELDS = {
    "kind": gettext_lazy("Kind"), "category": gettext_lazy("Category"), "area": gettext_lazy("Area"),
}  # fmt: skip

# Beside the title.
_READ = ("description", "place")

type Judged = tuple[Matter, Course] | list[Reason]


class Judge:
    """Turns the drafts of one import into matters, or says why not."""

    def __init__(self, actor: Actor, names: dict[str, str], *, send: bool, read: bool) -> None:
        self.actor, self.names, self.send, self.read = actor, names, send, read
        self.reach, self.city = reach_of(actor), city_of(actor)
        # What each case's first event says of where it came from; with the row's number beside it.
        self.facts: Mapping[str, Any] = {}
        self._units: dict[UUID, Unit] = {}

    def judge(self, drafts: Sequence[Draft], at: datetime) -> list[Judged]:
        """Return for each draft its matter and course, or the reasons against it."""
        if self.read:
            self._read_texts(drafts)
        found: list[Judged] = [self._matter(draft) for draft in drafts]
        good = [i for i, one in enumerate(found) if isinstance(one, tuple)]
        pairs = [one for one in found if isinstance(one, tuple)]
        answers = refusals(
            [matter for matter, _course in pairs], [course for _matter, course in pairs],
            actor=self.actor, at=at,
        )  # fmt: skip
        for i, refusal in zip(good, answers, strict=True):
            if refusal is not None:
                found[i] = [("refused", {"text": str(refusal.reason)})]
        return found

    def _matter(self, draft: Draft) -> Judged:
        if draft.area is None:
            return [("no_area", {})]
        if not draft.area.startswith(self.reach):
            return [("outside", {"area": self.names.get(draft.area, draft.area)})]
        if draft.kind is None:
            return [("no_kind", {})]
        matter = Matter(kind=draft.kind, category=draft.category, area=draft.area, **draft.told)
        route = None
        if draft.past is not None and draft.unit is not None:
            route = Route(self._unit(draft.unit))
        return matter, Course(
            opened=draft.opened, past=draft.past, send=self.send, route=route, note=draft.note,
            facts={**self.facts, "row": draft.number} if self.facts else {},
        )  # fmt: skip

    def _unit(self, key: UUID) -> Unit:
        if key not in self._units:
            self._units[key] = Unit.objects.get(pk=key)
        return self._units[key]

    def _read_texts(self, drafts: Sequence[Draft]) -> None:
        """Have what is missing read from the text; what is not sure enough stays missing."""
        wanting = [
            draft
            for draft in drafts
            if draft.area is None
            or draft.kind is None
            or (draft.category is None and draft.open_category)
        ]
        texts = [
            (draft.told["title"], "\n".join(draft.told.get(name, "") for name in _READ))
            for draft in wanting
        ]
        for draft, said in zip(wanting, propose_many(texts, self.city), strict=True):
            reasons = [_take(draft, name, part) for name, part in said.parts().items()]
            draft.note = "\n".join(reason for reason in reasons if reason)


def _take(draft: Draft, name: str, part: Part) -> str:
    """Let a draft have what was read, where it says nothing itself; return why, in words."""
    if name == "category":
        of_it = next((one.kind for one in categories() if one.code == part.value), None)
        if not draft.open_category or draft.category or draft.kind not in (None, of_it):
            return ""
        draft.category, draft.kind = part.value, of_it
    elif name == "kind" and draft.kind is None:
        draft.kind = part.value
    elif name == "area" and draft.area is None:
        draft.area = part.value
    else:
        return ""
    return _("%(field)s read from the text: %(words)s (%(percent)s%% sure)") % {
        "field": _FIELDS[name],
        "words": "、".join(part.words) or part.value,
        "percent": round(part.confidence * 100),
    }
