"""What follows what: event → handlers. The one place where a lower room calls a higher one."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from linli.audit.reactions import Reaction

REACTIONS: Mapping[str, Sequence[Reaction]] = {
    # Nothing lies unassigned: what no desk has sent on by then goes to the lowest post.
    "case.register": [
        Reaction("linli.cases.tasks.assign_waiting_many", "gathered", after=timedelta(minutes=10)),
        # What a case's words propose, where its category is open; else a lesson.
        Reaction(
            "linli.reading.tasks.read_registered_all",
            "gathered",
            imported="linli.reading.tasks.read_registered_many",
        ),
    ],
    "case.classify": [Reaction("linli.reading.tasks.settle_classified", "queued")],
    # A case never disagrees with its mediation, its hazard or its incident.
    "case.assign": [Reaction("linli.mediation.actions.follow_case.on_assign", "inline")],
    "case.return": [Reaction("linli.mediation.actions.follow_case.on_other", "inline")],
    "case.escalate": [Reaction("linli.mediation.actions.follow_case.on_other", "inline")],
    "case.follow_up": [Reaction("linli.mediation.actions.follow_case.on_follow_up", "inline")],
    "case.reopen": [
        Reaction("linli.mediation.actions.follow_case.on_reopen", "inline"),
        Reaction("linli.premises.actions.follow_case.on_reopen", "inline"),
        Reaction("linli.dispatch.actions.follow_case.on_reopen", "inline"),
    ],
    "case.withdraw": [
        Reaction("linli.mediation.actions.follow_case.on_withdraw", "inline"),
        Reaction("linli.premises.actions.follow_case.on_end", "inline"),
        Reaction("linli.dispatch.actions.follow_case.on_end", "inline"),
        Reaction("linli.cameras.actions.end_grant.on_case_ended", "inline"),
    ],
    "case.refer": [
        Reaction("linli.mediation.actions.follow_case.on_refer", "inline"),
        Reaction("linli.premises.actions.follow_case.on_end", "inline"),
        Reaction("linli.dispatch.actions.follow_case.on_end", "inline"),
        Reaction("linli.cameras.actions.end_grant.on_case_ended", "inline"),
    ],
    "case.merge": [
        Reaction("linli.mediation.actions.follow_case.on_merge", "inline"),
        Reaction("linli.premises.actions.follow_case.on_merge", "inline"),
        Reaction("linli.dispatch.actions.follow_case.on_merge", "inline"),
        Reaction("linli.cameras.actions.end_grant.on_case_ended", "inline"),
    ],
    "case.detach": [Reaction("linli.mediation.actions.follow_case.on_detach", "inline")],
    "case.decline": [
        Reaction("linli.mediation.actions.follow_case.on_decline", "inline"),
        Reaction("linli.premises.actions.follow_case.on_end", "inline"),
        Reaction("linli.dispatch.actions.follow_case.on_end", "inline"),
        Reaction("linli.cameras.actions.end_grant.on_case_ended", "inline"),
    ],
    # No unit closes over an unfinished case.
    "unit.closing": [
        Reaction("linli.tips.actions.desks.keep_named_units", "inline"),
        Reaction("linli.cases.actions.clear_units.clear_units", "inline"),
    ],
    # A routing rule whose target has gone says so.
    "unit.close": [Reaction("linli.routing.tasks.report_gone_of", "queued")],
    # No case is left with somebody who is gone.
    "role.end": [
        Reaction("linli.cases.actions.hand_over_desk.on_role_end", "inline"),
        # Whoever loses a role because the unit was closed hears of it.
        Reaction("linli.notices.actions.tell_role_end.on_role_end", "inline"),
        Reaction("linli.routing.tasks.report_gone_of", "queued"),
    ],
    "user.deactivate": [
        Reaction("linli.cases.actions.hand_over_desk.on_deactivate", "inline"),
        Reaction("linli.routing.tasks.report_gone_of", "queued"),
    ],
    # A resident who left a contact with consent hears of it, and is forgotten when erased.
    "case.resolve": [
        Reaction("linli.mediation.actions.follow_case.on_resolve", "inline"),
        Reaction("linli.premises.actions.follow_case.on_resolve", "inline"),
        # Nobody goes on looking at video of a case that is over.
        Reaction("linli.cameras.actions.end_grant.on_case_resolved", "inline"),
        Reaction("linli.dispatch.actions.follow_case.on_resolve", "inline"),
        Reaction("linli.portal.actions.tell.on_case", "inline"),
    ],
    "case.close": [
        Reaction("linli.mediation.actions.follow_case.on_other", "inline"),
        Reaction("linli.premises.actions.follow_case.on_close", "inline"),
        Reaction("linli.cameras.actions.end_grant.on_case_ended", "inline"),
        Reaction("linli.portal.actions.tell.on_case", "inline"),
    ],
    "case.erase": [
        Reaction("linli.portal.actions.tell.on_erase", "inline"),
        Reaction("linli.alike.actions.forget.on_erase", "inline"),
    ],
}
