"""Topics of the event stream: the word before the colon → who may listen, and what a listener is
told first."""

from collections.abc import Mapping

from linli.notices.stream.topics import Topic

TOPICS: Mapping[str, Topic] = {
    # A person's own notices; told first: how many are unread.
    "person": Topic("linli.notices.policy.is_own", greeting="linli.notices.queries.own.unread"),
    # The alarms of an area and of all below it.
    "alarms": Topic("linli.alarms.policy.may_listen", nested=True),
    # Incidents and units of an area and of all below it; what a unit's own people hear.
    "dispatch": Topic("linli.dispatch.policy.may_dispatch", nested=True),
    "dispatch_unit": Topic("linli.dispatch.queries.phone.may_listen"),
    # That a search has changed, not how.
    "search": Topic("linli.missing.policy.may_listen"),
    # That figures changed, not which.
    "figures": Topic("linli.accounts.policy.is_somebody"),
}
