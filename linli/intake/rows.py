"""A row of a file as a matter: what its cells say, or every reason why it can't be read.

A cell in a used column that can't be read refuses the row; so nothing is lost silently, and whoever
does not need the column leaves it out.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linli.cases.actions.import_ import ENDINGS, Past
from linli.cases.actions.parties import PartyData
from linli.cases.queries.categories import categories
from linli.intake.cells import folded, has_lost_digits, moment_in, number_in
from linli.intake.fields import ATTRIBUTES, EXTRA, PARTIES
from linli.intake.gazetteer import Ambiguous, Gazetteer
from linli.intake.headings import Column
from linli.intake.layout import LEAVE_OUT, READ, Layout
from linli.intake.reasons import Reason
from linli.intake.sheets.reading import Numbered
from linli.intake.values import code_of
from linli.kernel.working_days import local_date

TITLE, PLACE, NUMBER = 120, 120, 60
# Five are a collective visit; from thirty on a matter is everywhere called a major one.
_GROUP, _MAJOR = 5, 30
_FILLER = re.compile(r"(合计|总计|小计|共计|制表|填表|审核人|备注|说明|注)\s*[:：]?")
_SENTENCE = re.compile(r"[。！？!?；;\n\r]")
_ORGANISATION = re.compile(
    "公司|集团|厂$|店$|局$|院$|所$|委员会|合作社|银行|学校|中心$|部$|社$|协会|物业"
)
_NO_TEXT = frozenset({"-", "--", "—", "/", "\\", "无", "null", "NULL", "None", "N/A", "n/a"})


@dataclass(slots=True)
class Draft:
    """A row that was read. What is None (area, kind, category) is still to be found in the text."""

    number: int
    told: dict[str, Any]
    area: str | None
    kind: str | None
    category: str | None
    opened: datetime | None = None
    past: Past | None = None
    unit: UUID | None = None
    # Whether a missing category may be read from the text; else it was left out on purpose.
    open_category: bool = True
    note: str = ""


class Unreadable(Exception):
    """A row that was refused, with every reason."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(len(reasons))
        self.reasons = list(reasons)


def is_filler(row: Numbered, width: int) -> bool:
    """Say whether a row is no matter: empty, a total, a line between, or a remark at the end."""
    filled = [cell for cell in row.cells if cell]
    if not filled:
        return True
    if len(filled) == 1 and width >= 4:
        return True
    return len(filled) * 2 <= width and _FILLER.match(filled[0]) is not None


class RowReader:
    """Reads the rows of one table under one layout."""

    def __init__(
        self,
        columns: Sequence[Column],
        layout: Layout,
        gazetteer: Gazetteer,
        *,
        at: datetime,
        units: Mapping[str, UUID] | None = None,
    ) -> None:
        self.layout, self.gazetteer, self.at = layout, gazetteer, at
        self.units = units or {}
        self._places: dict[str, list[tuple[int, str]]] = {}
        for column in columns:
            if name := layout.columns.get(column.heading):
                self._places.setdefault(name, []).append((column.place, column.heading))
        self._kind_of = {one.code: one.kind for one in categories()}
        self._codes: dict[tuple[str, str, str], str | None] = {}

    def read(self, row: Numbered) -> Draft:
        """Return the row as a draft; raises :class:`Unreadable`."""
        return _Reading(self, row).draft()

    def cells(self, row: Numbered, name: str) -> list[str]:
        """Return what a row has in the columns of a field."""
        found = []
        for place, _heading in self._places.get(name, ()):
            cell = row.cells[place] if place < len(row.cells) else ""
            if cell and cell not in _NO_TEXT:
                found.append(cell)
        return found

    def extras(self, row: Numbered) -> list[str]:
        """Return the cells that are kept as text, each with its heading."""
        return [
            f"{heading}：{row.cells[place]}"
            for place, heading in self._places.get(EXTRA, ())
            if place < len(row.cells) and row.cells[place]
        ]

    def uses(self, name: str) -> bool:
        """Say whether the table has a column for a field."""
        return name in self._places

    def code(self, name: str, text: str, kind: str = "") -> str | None:
        """Return what a word of a closed list means; None where nobody has said."""
        asked = (name, text, kind)
        if asked not in self._codes:
            set_by_hand = self.layout.values.get(name, {}).get(text)
            self._codes[asked] = set_by_hand or code_of(name, text, kind)
        return self._codes[asked]

    def kind_of(self, category: str) -> str | None:
        """Return the kind a category belongs to."""
        return self._kind_of.get(category)


class _Reading:
    """One row being read; gathers reasons and goes on, so that all are told at once."""

    def __init__(self, reader: RowReader, row: Numbered) -> None:
        self.reader, self.row = reader, row
        self.reasons: list[Reason] = []

    def draft(self) -> Draft:
        if any("\ufffd" in cell for cell in self.row.cells):
            self.reasons.append(("unreadable", {}))
        title, description = self._texts()
        kind, category = self._kind_and_category()
        place = self._text("place")
        draft = Draft(
            self.row.number,
            {
                "title": title,
                "description": description,
                "place": place[:PLACE],
                "source_number": self._text("source_number")[:NUMBER],
                "channel": self._choice("channel") or self.reader.layout.defaults.get("channel")
                or "other",
                "scale": self._scale(),
                "difficulty": self._choice("difficulty") or "ordinary",
                "urgency": self._choice("urgency") or "normal",
                "high_risk": self._choice("high_risk") == "1",
                "latitude": self._number("latitude", -90, 90),
                "longitude": self._number("longitude", -180, 180),
                "parties": tuple(self._parties()),
            },
            self._area(place), kind, category,
            open_category=not self._left_out("category"),
        )  # fmt: skip
        if draft.told["latitude"] is None or draft.told["longitude"] is None:
            draft.told["latitude"] = draft.told["longitude"] = None
        self._times(draft)
        draft.unit = self.reader.units.get(self._text("unit"))
        if self.reasons:
            raise Unreadable(self.reasons)
        return draft

    def _text(self, name: str) -> str:
        return "\n".join(self.reader.cells(self.row, name))

    def _texts(self) -> tuple[str, str]:
        title = " ".join(self._text("title").split())
        description = self._text("description")
        if not title and not description:
            self.reasons.append(("nothing", {}))
        if not title:
            title = _SENTENCE.split(description.strip(), maxsplit=1)[0].strip()
            title = title[:40] or description.strip()[:40]
        parts = [description, *self.reader.extras(self.row)]
        if len(title) > TITLE:
            parts.insert(0, title)
            title = title[: TITLE - 1] + "…"
        return title, "\n".join(part for part in parts if part)

    def _choice(self, name: str) -> str | None:
        """Return the code of a closed list; words nobody gave a meaning are left out."""
        text = self._text(name)
        code = self.reader.code(name, text) if text else None
        return None if code in (LEAVE_OUT, READ) else code

    def _left_out(self, name: str) -> bool:
        text = self._text(name)
        return bool(text) and self.reader.code(name, text) == LEAVE_OUT

    def _kind_and_category(self) -> tuple[str | None, str | None]:
        kind = self._choice("kind")
        text = self._text("category")
        code = self.reader.code("category", text, kind or "") if text else None
        category = None if code in (None, LEAVE_OUT, READ) else code
        if category is not None:
            of_it = self.reader.kind_of(category)
            if kind is not None and of_it != kind:
                category = None
            else:
                kind = of_it
        return kind or self.reader.layout.defaults.get("kind") or None, category

    def _area(self, place: str) -> str | None:
        cells = self.reader.cells(self.row, "area")
        text = " ".join(cells)
        by_hand = self.reader.layout.values.get("area", {})
        if text in by_hand:
            return None if by_hand[text] == READ else by_hand[text]
        try:
            found = self.reader.gazetteer.find(text) if text else None
        except Ambiguous:
            return self._narrowed(f"{text} {place}")
        if found is None and place:
            found = self._narrowed(place)
        if found is None and not self._is_puzzled():
            found = self.reader.layout.defaults.get("area")
            if found is None and text:
                self.reasons.append(("unknown_area", {"text": text[:60]}))
        return found

    def _is_puzzled(self) -> bool:
        return any(code == "many_areas" for code, _facts in self.reasons)

    def _narrowed(self, text: str) -> str | None:
        try:
            return self.reader.gazetteer.find(text)
        except Ambiguous as several:
            first, second = several.codes
            names = self.reader.gazetteer.names
            facts = {
                "text": text[:60],
                "first": f"{names[first]} {first}",
                "second": f"{names[second]} {second}",
            }
            self.reasons.append(("many_areas", facts))
            return None

    def _scale(self) -> str:
        code = self._choice("scale")
        if code is not None:
            return code
        people = self._number("people", 0, 10_000_000) or 0
        return "individual" if people < _GROUP else "group" if people < _MAJOR else "major_group"

    def _number(self, name: str, least: float, most: float) -> float | None:
        text = self._text(name)
        if not text:
            return None
        number = number_in(text)
        if number is None or not least <= number <= most:
            self._reject("no_number", name, text)
            return None
        return number

    def _parties(self) -> Iterable[PartyData]:
        for side in PARTIES:
            told: dict[str, Any] = {name: self._text(f"{side}_{name}") for name in ATTRIBUTES}
            if not any(told.values()):
                continue
            for name in ("identity_number", "phone"):
                if has_lost_digits(told[name]):
                    self._reject("lost_digits", f"{side}_{name}", told[name])
            age = self._number(f"{side}_age", 0, 150)
            told["age"] = None if age is None else int(age)
            told["identity_number"] = folded(told["identity_number"]).upper()
            yield PartyData(
                role=side,
                is_organisation=_ORGANISATION.search(told["name"]) is not None,
                **told,
            )

    def _moment(self, name: str) -> datetime | None:
        text = self._text(name)
        if not text:
            return None
        found = moment_in(text)
        if found is None:
            self._reject("no_date", name, text)
            return None
        moment, with_hour = found
        if local_date(moment) > local_date(self.reader.at) and name != "due":
            self._reject("future", name, text)
            return None
        # Today's noon may lie ahead.
        return moment if with_hour else min(moment, self.reader.at) if name != "due" else moment

    def _times(self, draft: Draft) -> None:
        happened, opened = self._moment("happened_on"), self._moment("opened")
        ended, closed, due = self._moment("ended"), self._moment("closed"), self._moment("due")
        draft.told["happened_on"] = local_date(happened) if happened else None
        draft.opened = opened
        state = self._choice("state")
        if state not in ENDINGS and not (state is None and ended):
            return
        draft.opened = opened or happened or ended or closed
        # A table that says "resolved" without a day: on the last day it names.
        days = [moment for moment in (happened, opened, closed) if moment]
        finished = ended or closed or max(days, default=self.reader.at)
        if draft.opened and finished < draft.opened < finished + timedelta(days=1):
            finished = draft.opened
        satisfaction = self._choice("satisfaction")
        draft.past = Past(
            state=state or "closed", ended=finished, closed=closed, outcome=self._text("outcome"),
            due=local_date(due) if due else None,
            satisfaction=int(satisfaction) if satisfaction else None,
        )  # fmt: skip
        draft.opened = draft.opened or finished

    def _reject(self, code: str, name: str, text: str) -> None:
        self.reasons.append((code, {"field": name, "text": text[:60]}))
