"""What follows what: event → handlers. The one place where a lower room calls a higher one."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from linli.audit.reactions import Reaction

REACTIONS: Mapping[str, Sequence[Reaction]] = {
    # Nothing lies unassigned: what no desk has sent on by then goes to the lowest post.
    "case.register": [
        Reaction("linli.cases.tasks.assign_waiting", "queued", after=timedelta(minutes=10)),
    ],
}
