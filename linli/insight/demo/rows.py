"""Stories as rows of PostgreSQL's COPY text format, table by table."""

import json
from bisect import bisect_left
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from random import Random
from uuid import UUID

from django.db import connection

from linli.audit.bulk import BulkEntry
from linli.insight.demo.faces import Face
from linli.insight.demo.moments import id_at, stamp, text_id_at
from linli.insight.demo.story import Story
from linli.kernel.crypto import seal, text_hash

COLUMNS = {
    "cases_case": "id number kind category_id title description scale difficulty urgency high_risk"
    " channel source_number area_id place latitude longitude happened_on state holder_id level"
    " handler_id opened_at due_at warn_at returns designated supervised reminders told_id"
    " resolved_at resolved_level on_time outcome followed_up_at satisfaction closed_at referred_to"
    " version",
    "cases_event": "id case_id verb at actor_id from_state to_state unit_id facts",
    "cases_note": "event_id case_id text",
    "cases_placement": "id case_id unit_id part since until",
    "cases_clock": "id case_id kind amount unit started_at warn_at due_at paused_at stopped_at step"
    " fires_at",
    "cases_party": "id case_id role is_organisation personal name_index phone_index identity_index",
    "cases_followup": "id case_id at by_id way satisfaction recurred",
    "cases_extension": "id case_id days asked_at asked_by_id decided_at decided_by_id granted",
}


# A story names the same moments, units and people again and again.
@lru_cache(maxsize=20_000)
def _at(at: int | None) -> str:
    return "\\N" if at is None else datetime.fromtimestamp(at, UTC).isoformat()


@lru_cache(maxsize=20_000)
def _id(key: UUID | None) -> str:
    return "\\N" if key is None else str(key)


def _or_null(value: object) -> object:
    return "\\N" if value is None else value


def _flag(value: bool | None) -> str:
    return "\\N" if value is None else "t" if value else "f"


def _bytes(value: bytes | None) -> str:
    return "\\N" if value is None else "\\\\x" + value.hex()


class Rows:
    """Rows that wait to be copied, and audit entries that wait to be appended."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._lines: dict[str, list[str]] = {table: [] for table in COLUMNS}
        self.entries: list[BulkEntry] = []

    def add(self, story: Story, face: Face) -> None:
        """Take the rows of one case."""
        key = str(story.id)
        self._case(story, face, key)
        self._timeline(story, key)
        self._surroundings(story, key)
        self._parties(story, face, key)

    def _new(self, at: int) -> str:
        return text_id_at(at, self._rng.getrandbits(74))

    def _case(self, s: Story, f: Face, key: str) -> None:
        going = s.going
        row = (
            key, f.number, s.kind, f.category, f.title, f.description, f.scale, s.difficulty,
            s.urgency, _flag(f.high_risk), f.channel, f.source_number, s.area, f.place,
            _or_null(f.latitude), _or_null(f.longitude), _or_null(f.happened_on), s.state,
            _id(s.holder.id), s.level, _id(s.handler), _at(s.opened),
            _at(min((t.due for t in going), default=None)),
            _at(min((t.warn for t in going), default=None)), s.returns, _flag(s.designated),
            _flag(s.supervised), s.reminders, _id(s.told.id if s.told else None), _at(s.resolved),
            s.resolved_level, _flag(s.on_time), s.outcome, _at(s.followed_up),
            _or_null(s.satisfaction), _at(s.closed), s.referred_to, len(s.steps),
        )  # fmt: skip
        self._lines["cases_case"].append("\t".join(map(str, row)))

    def _timeline(self, story: Story, key: str) -> None:
        events, notes = self._lines["cases_event"], self._lines["cases_note"]
        for step in story.steps:
            event, unit = step.id, _id(step.unit.id)
            facts = json.dumps(step.facts, ensure_ascii=False)
            events.append(
                f"{event}\t{key}\t{step.verb}\t{_at(step.at)}\t{_id(step.actor)}\t"
                f"{step.before}\t{step.after}\t{unit}\t{facts}"
            )
            told = {**step.facts, "event": event, "unit": unit, "state": step.after}
            if step.note:
                notes.append(f"{event}\t{key}\t{step.note}")
                told["note"] = text_hash(step.note, bytes.fromhex(event.replace("-", "")))
            self.entries.append(
                BulkEntry("case", key, f"case.{step.verb}", step.actor, stamp(step.at), told)
            )

    def _surroundings(self, story: Story, key: str) -> None:
        lines = self._lines
        for stay in story.stays:
            lines["cases_placement"].append(
                f"{self._new(stay.since)}\t{key}\t{_id(stay.unit.id)}\t{stay.part}\t{_at(stay.since)}\t"
                f"{_at(stay.until)}"
            )
        for t in story.timers:
            lines["cases_clock"].append(
                f"{self._new(t.started)}\t{key}\t{t.kind}\t{t.amount}\t{t.unit}\t{_at(t.started)}\t"
                f"{_at(t.warn)}\t{_at(t.due)}\t{_at(t.paused)}\t{_at(t.stopped)}\t{t.step}\t"
                f"{_at(t.fires)}"
            )
        for at, by, way, satisfaction, recurred in story.follow_ups:
            lines["cases_followup"].append(
                f"{self._new(at)}\t{key}\t{_at(at)}\t{_id(by)}\t{way}\t{satisfaction}\t{_flag(recurred)}"
            )
        for days, asked, by, decided, who, granted in story.extensions:
            lines["cases_extension"].append(
                f"{self._new(asked)}\t{key}\t{days}\t{_at(asked)}\t{_id(by)}\t{_at(decided)}\t"
                f"{_id(who)}\t{_flag(granted)}"
            )

    def _parties(self, story: Story, face: Face, key: str) -> None:
        for role, organisation, resident in face.parties:
            party = id_at(story.opened, self._rng.getrandbits(74))
            sealed = seal(resident.personal, party.bytes)
            self._lines["cases_party"].append(
                f"{party}\t{key}\t{role}\t{_flag(organisation)}\t{_bytes(sealed)}\t"
                f"{_bytes(resident.name_index)}\t{_bytes(resident.phone_index)}\t"
                f"{_bytes(resident.identity_index)}"
            )

    def entries_before(self, at: int | None) -> list[BulkEntry]:
        """Give up the audit entries of before a moment (None: all), in the order of their time.

        No story that begins later can add to them: the log reads as if it had been written daily.
        """
        self.entries.sort(key=lambda entry: entry.at)
        moment = stamp(at) if at is not None else None
        cut = len(self.entries)
        if moment is not None:
            cut = bisect_left(self.entries, moment, key=lambda entry: entry.at)
        ripe, self.entries = self.entries[:cut], self.entries[cut:]
        return ripe

    def copy_out(self) -> None:
        """Send what waits to its tables and forget it; entries stay."""
        for table, lines in self._lines.items():
            if lines:
                copy_lines(table, COLUMNS[table].split(), lines)
                lines.clear()


def copy_lines(table: str, columns: Iterable[str], lines: list[str]) -> None:
    """Copy finished lines of COPY's text format into a table."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write("\n".join(lines) + "\n")
