"""What is proposed for a case that is there already, and what a person can take over of it."""

from dataclasses import replace

from linli.areas.codes import LENGTH_OF, Level
from linli.cases.models import Case
from linli.cases.queries.categories import categories
from linli.reading import service
from linli.reading.models import Proposed
from linli.reading.proposal import Part, Proposal
from linli.reading.queries.propose import propose
from linli.reading.queries.tables import words


def read_case(case: Case, *, with_service: bool = False) -> Proposal:
    """Return what the case's own words propose; the service is asked only where it may take long."""
    city = case.area_id[: LENGTH_OF[Level.CITY]]
    text = f"{case.description}\n{case.place}"
    found = propose(text, within=city, title=case.title)
    if not with_service or not service.is_on():
        return found
    offered = {one.code: one.name for one in categories() if not one.retired}
    said = service.ask(f"{case.title}\n{text}", offered)
    if said is None or said.confidence < words().threshold:
        return found
    kind = Part(words().kinds[said.value], said.confidence, said.words, said.source)
    return replace(found, category=said, kind=kind)


def proposed_for(case: Case) -> dict[str, Part]:
    """Return the kept proposal of a case by field, without what the case says already."""
    kept = Proposed.objects.filter(case=case).first()
    if kept is None:
        return {}
    parts = {name: Part.restored(stored) for name, stored in kept.parts.items()}
    return {name: part for name, part in parts.items() if _is_new(case, name, part)}


def _is_new(case: Case, name: str, part: Part) -> bool:
    present = present_value(case, name)
    if name == "area":
        # Somebody said where it is; only a more exact place within it is worth a word.
        return part.value != present and part.value.startswith(present)
    if name == "kind":
        return False if case.category_id else part.value != present
    return part.value != present


def present_value(case: Case, name: str) -> str:
    """Return what a case says now of one of the fields, as a code."""
    column = f"{name}_id" if name in ("category", "area") else name
    return str(getattr(case, column) or "")
