"""Telling whoever leads an incident what can't wait: a unit needs help, declines, a time is up."""

from datetime import datetime

from linli.cases.models import Case
from linli.dispatch.models import Assignment, TimelineEntry
from linli.kernel.row_security import unscoped
from linli.notices.actions.send import notify


def tell_desk(kind: str, assignment: Assignment, entry: TimelineEntry, at: datetime) -> None:
    """Tell the dispatcher who leads the incident, and who answered it; it passes quiet hours.

    The people of a unit do not see the case: who leads it is read for them.
    """
    incident = assignment.incident
    with unscoped():
        handler = Case.objects.filter(pk=incident.case_id).values_list("handler", flat=True).first()
    people = {one for one in (handler, incident.answered_by_id) if one} - {entry.actor_id}
    notify(
        kind, about=("incident", incident.id), at=at, to_users=people, key=str(entry.id),
        rule=kind.replace("_", " "), urgent=True, unit=assignment.unit.name,
        scene=incident.place, incident=incident.kind.label,
    )  # fmt: skip
