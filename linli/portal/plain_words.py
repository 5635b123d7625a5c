"""Steps, states and what is said of them, in the words of people who know no office."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.cases import lifecycle as cases
from linli.portal.queries.receipt import Seen, Step

# The four stations a resident can picture; what lies between is told in the steps.
STATIONS = (
    gettext_lazy("Received"),
    gettext_lazy("In hand"),
    gettext_lazy("Solved"),
    pgettext_lazy("station", "Closed"),
)
_STATION: Mapping[str, int] = {
    cases.REGISTERED: 0,
    cases.ASSIGNED: 0,
    cases.RETURNED: 0,
    cases.HANDLING: 1,
    cases.SUSPENDED: 1,
    cases.RESOLVED: 2,
    cases.CLOSED: 3,
}
_STEPS: Mapping[str, str | Promise] = {
    "register": gettext_lazy("%(unit)s has received your report."),
    "assign": gettext_lazy("It was passed on to %(unit)s."),
    "designate": gettext_lazy("It was passed on to %(unit)s."),
    "escalate": gettext_lazy("It was passed on to %(unit)s."),
    "accept": gettext_lazy("%(unit)s has taken it in hand."),
    "suspend": gettext_lazy("The work rests for the moment."),
    "resume": gettext_lazy("The work goes on."),
    "refer": gettext_lazy("It was passed to another body."),
    "resolve": gettext_lazy("%(unit)s says that it is solved."),
    "reopen": gettext_lazy("It was taken up again by %(unit)s."),
    "merge": gettext_lazy("It is handled together with another report of the same matter."),
    "withdraw": gettext_lazy("It was taken back."),
    "decline": gettext_lazy("It could not be taken on."),
    "close": gettext_lazy("It is closed."),
}
_NOW: Mapping[str, str | Promise] = {
    cases.REGISTERED: gettext_lazy("We have received it. Next, somebody is named to deal with it."),
    cases.ASSIGNED: gettext_lazy("It was passed to %(unit)s, which has to take it in hand."),
    cases.RETURNED: gettext_lazy("We are finding out who can deal with it."),
    cases.HANDLING: gettext_lazy("%(unit)s is dealing with it."),
    cases.SUSPENDED: gettext_lazy("The work rests for the moment and will go on."),
    cases.RESOLVED: gettext_lazy("%(unit)s says that it is solved. Please tell us whether it is."),
    cases.CLOSED: gettext_lazy("It is solved and closed."),
    cases.REFERRED: gettext_lazy("It was passed to another body; see below."),
    cases.MERGED: gettext_lazy("It is handled together with another report of the same matter."),
    cases.WITHDRAWN: gettext_lazy("You took it back. Nobody goes on working on it."),
    cases.DECLINED: gettext_lazy("It could not be taken on; see below why, and where to turn."),
}
_PUBLIC: Mapping[str, str | Promise] = {
    cases.HANDLING: gettext_lazy("Being dealt with."),
    cases.SUSPENDED: gettext_lazy("Resting for the moment."),
    cases.RESOLVED: gettext_lazy("Solved."),
    cases.CLOSED: gettext_lazy("Solved and closed."),
    cases.REFERRED: gettext_lazy("Passed to another body."),
    cases.MERGED: gettext_lazy("Handled together with another report."),
    cases.WITHDRAWN: gettext_lazy("Taken back."),
    cases.DECLINED: gettext_lazy("Not taken on."),
}


def step_in_words(step: Step) -> str:
    """Return a step as a sentence."""
    return str(_STEPS[step.verb]) % {"unit": step.unit}


def now_in_words(seen: Seen) -> str:
    """Return where the report stands, as a sentence."""
    standing = seen.standing
    said = str(_NOW[standing.state]) % {"unit": standing.unit}
    if standing.state == cases.MERGED and standing.joined_state in (cases.RESOLVED, cases.CLOSED):
        return said + " " + _("That one is solved.")
    return said


def station_of(state: str) -> int | None:
    """Return the station a state lies at, 0 to 3; None where it ended otherwise."""
    return _STATION.get(state)


def public_note(state: str) -> str:
    """Return what everybody is told of a state."""
    return str(_PUBLIC.get(state, _("Received.")))
