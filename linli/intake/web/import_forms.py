"""The forms of an import: the file, and the table that says which column is which field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.cases.choices import Channel, Difficulty, Kind, Scale, Urgency
from linli.cases.queries.categories import categories
from linli.intake.fields import EXTRA, FIELDS, IGNORE
from linli.intake.gazetteer import Ambiguous, Gazetteer
from linli.intake.layout import LEAVE_OUT, READ, Layout
from linli.intake.look import SHOWN, Look, Seen
from linli.intake.sheets.safety import MOST_BYTES
from linli.intake.values import CHOICES, code_of

type Option = tuple[str, str | Promise]

_STATES: Sequence[Option] = (
    ("open", pgettext_lazy("state there", "still open")),
    ("closed", pgettext_lazy("state there", "settled")),
    ("withdrawn", pgettext_lazy("state there", "withdrawn")),
    ("declined", pgettext_lazy("state there", "declined")),
    ("referred", pgettext_lazy("state there", "referred elsewhere")),
)
_YES_NO: Sequence[Option] = (("1", gettext_lazy("yes")), ("0", gettext_lazy("no")))
_LISTS: Mapping[str, Sequence[Option]] = {
    "kind": Kind.choices, "channel": Channel.choices, "scale": Scale.choices,
    "difficulty": Difficulty.choices, "urgency": Urgency.choices, "state": _STATES,
    "high_risk": _YES_NO, "satisfaction": [(code, code) for code in CHOICES["satisfaction"]],
}  # fmt: skip


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("File (.xlsx, .xls, .ods, .csv, .txt)"),
        widget=forms.FileInput(
            attrs={
                "accept": ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.txt,.tsv,.htm,.html",
                "data-island": "upload",
                "data-max-bytes": str(MOST_BYTES),
                "data-types": ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.txt,.tsv,.htm,.html",
            }
        ),
    )


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a column: what a person set it to, or what it is taken for by itself."""

    name: str
    text: str
    count: int
    code: str
    is_clear: bool
    options: Sequence[Option]


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column as the table shows it."""

    name: str
    heading: str
    samples: list[str]
    filled: int
    field: str
    words: list[Word]

    @property
    def unclear(self) -> int:
        """Return how many of its words have no meaning yet."""
        return sum(1 for word in self.words if not word.is_clear)


def field_options() -> list[tuple[str, list[Option]]]:
    """Return the fields in groups, as a select shows them."""
    groups: list[tuple[str, list[Option]]] = [
        ("", [(IGNORE, _("not used")), (EXTRA, _("add to the description"))]),
        (_("The matter"), []), (_("How it ended there"), []),
        (_("Applicant"), []), (_("Other side"), []),
    ]  # fmt: skip
    past = {"state", "ended", "closed", "due", "outcome", "satisfaction", "unit"}
    for name, field in FIELDS.items():
        place = 1 if name not in past else 2
        if name.startswith("applicant_"):
            place = 3
        elif name.startswith("respondent_"):
            place = 4
        groups[place][1].append((name, field.label))
    return groups


def column_rows(look: Look, layout: Layout, gazetteer: Gazetteer) -> list[ColumnRow]:
    """Return the columns with what is said of each."""
    return [
        ColumnRow(
            f"column-{one.place}", one.heading, _shown(one.samples), one.filled,
            layout.columns.get(one.heading, IGNORE), _words(one, layout, gazetteer),
        )
        for one in look.columns
    ]  # fmt: skip


def _shown(samples: Iterable[str]) -> list[str]:
    return [sample[:60] for sample in dict.fromkeys(samples)][:SHOWN]


def _words(column: Seen, layout: Layout, gazetteer: Gazetteer) -> list[Word]:
    field = layout.columns.get(column.heading, IGNORE)
    if not column.words or (field not in CHOICES and field != "area"):
        return []
    by_hand = layout.values.get(field, {})
    found = []
    for number, (text, count) in enumerate(sorted(column.words.items(), key=lambda w: -w[1])):
        own = _own_meaning(field, text, gazetteer)
        if field == "area" and own is not None and text not in by_hand:
            continue
        code = by_hand.get(text, own) or ""
        name = f"word-{column.place}-{number}"
        found.append(Word(name, text, count, code, bool(code), _options(field)))
    return found


def _own_meaning(field: str, text: str, gazetteer: Gazetteer) -> str | None:
    if field != "area":
        return code_of(field, text)
    try:
        return gazetteer.find(text)
    except Ambiguous:
        return None


def _options(field: str) -> Sequence[Option]:
    if field == "area":
        return ()
    if field == "category":
        own = [
            (one.code, f"{one.kind_label}: {one.label}") for one in categories() if not one.retired
        ]
        return [("", _("not clear: read the text")), (LEAVE_OUT, _("leave out")), *own]
    return [("", _("not clear")), (LEAVE_OUT, _("leave out")), *_LISTS[field]]


def layout_from(posted: QueryDict, look: Look, before: Layout, gazetteer: Gazetteer) -> Layout:
    """Return the layout a person has set; what differs from a word's own meaning is kept."""
    columns = {one.heading: posted.get(f"column-{one.place}", IGNORE) for one in look.columns}
    values: dict[str, dict[str, str]] = {name: dict(words) for name, words in before.values.items()}
    for one in look.columns:
        field = before.columns.get(one.heading, IGNORE)
        # Words are set only while their column is still the same field.
        if columns[one.heading] != field:
            continue
        for word in _words(one, before, gazetteer):
            _set(values, field, word.text, posted.get(word.name), gazetteer)
    defaults = {
        name: code
        for name in ("kind", "channel", "area")
        if (code := posted.get(f"default-{name}", ""))
    }
    source = " ".join(posted.get("source", "").split())[:60]
    return Layout(columns, {k: v for k, v in values.items() if v}, defaults, source)


def _set(
    values: dict[str, dict[str, str]], field: str, text: str, code: str | None, areas: Gazetteer
) -> None:  # fmt: skip
    allowed = {*CHOICES.get(field, ()), LEAVE_OUT, READ}
    if field == "category":
        allowed |= {one.code for one in categories()}
    if code is None:
        return
    code = code.strip()
    words = values.setdefault(field, {})
    if not code or code == _own_meaning(field, text, areas):
        words.pop(text, None)
        if not code and _own_meaning(field, text, areas) is not None:
            words[text] = READ
    elif code in allowed or (field == "area" and code in areas.names):
        words[text] = code
