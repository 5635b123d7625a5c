"""What the routing pages share: who asks, an area, rules as lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts.actor import actor_of
from linli.areas.models import Area
from linli.routing.models import Rule
from linli.routing.policy import may_read
from linli.routing.sentences import condition, sentence, target


def area_of(request: HttpRequest, code: str) -> Area:
    """Return an area whose rules the person may read; any other is a 404."""
    found = None
    if may_read(actor_of(request), code):
        found = Area.objects.defer("boundary").filter(pk=code).first()
    if found is None:
        raise Http404
    return found


def trail(code: str = "", name: str = "", *, draft: bool = False) -> list[tuple[str, Any]]:
    """Return the way to a page below the overview."""
    found: list[tuple[str, Any]] = [(reverse("routing:home"), _("Routing"))]
    if code:
        found.append((reverse("routing:area", args=[code]), name))
    if draft:
        found.append((reverse("routing:draft", args=[code]), _("Draft")))
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule as the pages show it."""

    id: UUID
    position: int
    condition: str
    target: str
    why: str
    by: str
    at: datetime
    is_gone: bool
    hits: int | None = None

    @property
    def sentence(self) -> str:
        """The whole rule."""
        return f"{self.condition} → {self.target}"


def shown(
    rules: Iterable[Rule], gone: Iterable[Rule], hits: dict[UUID, int] | None = None
) -> list[Shown]:
    """Return rules in their order as the pages show them."""
    lost = {rule.id for rule in gone}
    return [
        Shown(
            rule.id, rule.position, condition(rule), target(rule), rule.why,
            rule.written_by.name if rule.written_by else "Linli", rule.written_at,
            rule.id in lost, hits.get(rule.id, 0) if hits is not None else None,
        )
        for rule in rules
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the second look: what the draft does to the rules that are on."""

    kind: str
    sentence: str


def changes(on: Iterable[Rule], draft: Iterable[Rule]) -> list[Change]:
    """Return the rules that are new, gone, or asked in another order, by what they say."""
    before = [(sentence(rule), rule.why) for rule in on]
    after = [(sentence(rule), rule.why) for rule in draft]
    found = [Change("added", one[0]) for one in after if one not in before]
    found += [Change("removed", one[0]) for one in before if one not in after]
    kept = [one for one in before if one in after]
    order = [one for one in after if one in before]
    same = SequenceMatcher(None, kept, order, autojunk=False).get_matching_blocks()
    still = {n for block in same for n in range(block.b, block.b + block.size)}
    return [*found, *(Change("moved", one[0]) for n, one in enumerate(order) if n not in still)]
