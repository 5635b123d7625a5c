"""Classify: kind, category, scale, difficulty, urgency, risk, place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import area as find_area
from linli.cases.actions.categories import check_category
from linli.cases.actions.clockwork import retime
from linli.cases.actions.step import begin, finish
from linli.cases.models import Case
from linli.kernel.errors import Invalid

FIELDS = (
    "kind",
    "category",
    "title",
    "scale",
    "difficulty",
    "urgency",
    "high_risk",
    "area",
    "place",
)


@transaction.atomic
def classify_case(
    case_id: UUID, *, actor: Actor, at: datetime, seen: int | None = None, **values: Any
) -> Case:
    """Set any of :data:`FIELDS`; ``category`` and ``area`` are codes. Clocks follow the new class."""
    case = begin("classify", case_id, actor, seen=seen)
    before = {"difficulty": case.difficulty, "urgency": case.urgency}
    changed = _apply(case, values)
    if retime(case, before, at):
        changed |= {"warn_at", "due_at"}
    facts = {
        name: str(getattr(case, _column(name)))
        for name in sorted(values)
        if name not in ("title", "place")
    }
    finish(case, "classify", actor=actor, at=at, changed=changed, facts=facts)
    return case


def _column(name: str) -> str:
    return f"{name}_id" if name in ("category", "area") else name


def _apply(case: Case, values: Mapping[str, Any]) -> set[str]:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise TypeError(f"classify_case() has no {', '.join(sorted(unknown))}")
    for name, value in values.items():
        if name == "area":
            case.area = find_area(value)
        elif name == "category":
            case.category_id = value or None
        else:
            setattr(case, name, value)
    if {"kind", "category"} & set(values):
        check_category(case.kind, case.category_id)
    if not case.title.strip():
        raise Invalid(
            _("The title is missing."), {"title": _("Please say in a few words what it is.")}
        )
    return {_column(name) if name not in ("category", "area") else name for name in values}
