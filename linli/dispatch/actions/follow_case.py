"""What a move of the case does to its incident: inline, so that the two can never disagree."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.models import Event as CaseEvent
from linli.dispatch import lifecycle
from linli.dispatch.actions.clockwork import stop_clocks
from linli.dispatch.actions.leaving import nobody_out
from linli.dispatch.actions.merge_incident import follow_merge
from linli.dispatch.actions.step import finish
from linli.dispatch.models import Incident
from linli.kernel.errors import IllegalMove


def on_resolve(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """An incident is closed on its own page, with its report; its case is resolved with that."""
    if _disagreeing(object_id, facts):
        raise IllegalMove(
            _("This case is an incident that is still open."),
            _("Close it on the page of the incident."),
        )


def on_end(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """The case was withdrawn, declined or referred: nobody may be out; the incident ends with it."""
    incident = _disagreeing(object_id, facts)
    if incident is None:
        return
    nobody_out(incident)
    event = CaseEvent.objects.get(pk=facts["event"])
    incident.closed_at = event.at
    stop_clocks(incident, event.at)
    _move(incident, "end", event, ["closed_at"])


def on_merge(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """The case goes on in another: so does the incident, where that one is an incident too."""
    incident = _disagreeing(object_id, facts)
    if incident is None:
        return
    event = CaseEvent.objects.get(pk=facts["event"])
    other = Incident.objects.select_for_update(of=("self",)).filter(case=facts["into"]).first()
    if other is None:
        raise IllegalMove(
            _("An open incident is merged into another incident only."),
            _("Close it on the page of the incident."),
        )
    follow_merge(incident, other, actor=_actor(event), at=event.at)


def on_reopen(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """The case is taken up again, and the incident with it."""
    incident = _disagreeing(object_id, facts)
    if incident is None:
        return
    event = CaseEvent.objects.get(pk=facts["event"])
    incident.closed_at, incident.result = None, ""
    _move(incident, "reopen", event, ["closed_at", "result"])


def _disagreeing(object_id: str, facts: Mapping[str, Any]) -> Incident | None:
    """Return the case's incident, locked, where its state does not go with the case's new one."""
    incident = Incident.objects.select_for_update(of=("self",)).filter(case_id=object_id).first()
    if incident is None or lifecycle.agrees(incident.state, str(facts.get("state", ""))):
        return None
    return incident


def _move(incident: Incident, verb: str, event: CaseEvent, changed: list[str]) -> None:
    if not lifecycle.MOVES.legal(verb, incident.state):
        raise IllegalMove(_("The incident of this case stands in the way of this step."))
    finish(incident, verb, actor=_actor(event), at=event.at, changed=changed)


def _actor(event: CaseEvent) -> Actor:
    """Whoever moved the case has moved the incident."""
    return Actor(event.actor_id, "")
