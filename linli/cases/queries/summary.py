"""What a unit that once had a case may still read of it, and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from linli.cases.choices import Kind, State


@dataclass(frozen=True, slots=True)
class Summary:
    """A case as its former unit sees it; ``since`` and ``until`` are that unit's own time with it."""

    number: str
    kind: str
    state: str
    outcome: str
    opened_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    unit_name: str
    unit_phone: str
    unit_address: str
    since: datetime
    until: datetime | None

    @property
    def kind_label(self) -> str:
        """The kind's word on the page."""
        return str(Kind(self.kind).label)

    @property
    def state_label(self) -> str:
        """The state's word on the page."""
        return str(State(self.state).label)


def summary_of(case_id: UUID) -> Summary | None:
    """Return the summary for the session's units (row security's scope), or None: never theirs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_summary(%s) LIMIT 1", [case_id])
        row = cursor.fetchone()
    return Summary(*row) if row else None
