"""What a row does not say: kind, category and place, read from its text where that room offers it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from linli.accounts.actor import Actor
from linli.areas.models import Unit
from linli.cases.actions.register import Matter
from linli.cases.actions.register_many import Course, refusals
from linli.cases.queries.route import Route
from linli.intake.policy import reach_of
from linli.intake.reasons import Reason
from linli.intake.rows import Draft

type Judged = tuple[Matter, Course] | list[Reason]


class Judge:
    """Turns the drafts of one import into matters, or says why not."""

    def __init__(self, actor: Actor, names: dict[str, str], *, send: bool, read: bool) -> None:
        self.actor, self.names, self.send, self.read = actor, names, send, read
        self.reach = reach_of(actor)
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
        return matter, Course(opened=draft.opened, past=draft.past, send=self.send, route=route)

    def _unit(self, key: UUID) -> Unit:
        if key not in self._units:
            self._units[key] = Unit.objects.get(pk=key)
        return self._units[key]

    def _read_texts(self, drafts: Sequence[Draft]) -> None:
        """Have what is missing read from the text; what is not sure enough stays missing."""
        wanting = [d for d in drafts if d.area is None or d.kind is None or d.category is None]
        if not wanting:
            return
