"""Which column is which field: by its heading, and by what stands in it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from linli.intake.cells import is_identity, is_moment, is_phone, number_in
from linli.intake.fields import EXTRA, FIELDS, IGNORE, field_called, field_like, plain
from linli.intake.gazetteer import Ambiguous, Gazetteer
from linli.intake.headings import Column
from linli.intake.layout import Builtin, Layout, builtin
from linli.intake.values import CHOICES, code_of

# How sure a heading or a content makes us; below the least a column is left out.
_EXACT, _LIKE, _CONTENT, _LEAST = 1.0, 0.7, 0.5, 0.4
_FIT = 0.6
_LONG_TEXT = 24

type Samples = Mapping[str, Sequence[str]]


def best_builtin(headings: Sequence[str]) -> Builtin | None:
    """Return the mapping that comes with Linli and means a table with these headings, if any."""
    fitting = [(one.fits(headings), one) for one in builtin()]
    most, best = max(fitting, key=lambda pair: pair[0], default=(0, None))
    return best if most else None


def propose(
    columns: Sequence[Column], samples: Samples, gazetteer: Gazetteer, known: Layout | None = None
) -> dict[str, str]:
    """Return heading → field for every column; what ``known`` says goes before what we think."""
    said = {plain(heading): field for heading, field in (known.columns if known else {}).items()}
    chosen: dict[str, str] = {}
    open_columns: list[str] = []
    for column in columns:
        field = said.get(plain(column.heading))
        if field is None:
            open_columns.append(column.heading)
        else:
            chosen[column.heading] = field
    taken = Counter(chosen.values())
    scored = [
        (score, -place, heading, field)
        for place, heading in enumerate(open_columns)
        for field, score in _scores(heading, samples.get(heading, ()), gazetteer).items()
    ]
    for score, _place, heading, field in sorted(scored, reverse=True):
        if heading in chosen or score < _LEAST:
            continue
        if field == EXTRA or FIELDS[field].many or not taken[field]:
            chosen[heading] = field
            taken[field] += 1
    return {column.heading: chosen.get(column.heading, IGNORE) for column in columns}


def _scores(heading: str, cells: Sequence[str], gazetteer: Gazetteer) -> dict[str, float]:
    """Return the fields a column could be, with how sure we are."""
    filled = [cell for cell in cells if cell]
    found: dict[str, float] = {}
    # "当事人/姓名": the whole, then the lowest line alone.
    names = [(heading, 1.0), *([(heading.rpartition("/")[2], 0.95)] if "/" in heading else [])]
    for name, trust in names:
        for field, score in ((field_called(name), _EXACT), (field_like(name), _LIKE)):
            if field is not None:
                found.setdefault(field, score * trust)
    if filled:
        found = {
            field: score * _agreement(field, filled, gazetteer) for field, score in found.items()
        }
        if not found or max(found.values()) < _LEAST:
            found = _by_content(filled, gazetteer)
    return found


def _agreement(field: str, cells: Sequence[str], gazetteer: Gazetteer) -> float:
    """Return how well cells agree with a field, 1 where anything may stand in it."""
    check = _check_of(field, gazetteer)
    if check is None:
        return 1.0
    share = sum(1 for cell in cells if check(cell)) / len(cells)
    # A strange word in a list of choices can be set by hand; a column of names is no date.
    return max(share, 0.55) if FIELDS[field].content in ("choice", "area") else share


def _check_of(field: str, gazetteer: Gazetteer) -> Callable[[str], bool] | None:
    match FIELDS[field].content:
        case "moment":
            return is_moment
        case "phone":
            return lambda cell: is_phone(cell) or number_in(cell) is not None
        case "number":
            return lambda cell: number_in(cell) is not None
        case "area":
            return lambda cell: names_area(cell, gazetteer)
        case "choice":
            return lambda cell: code_of(field, cell) is not None
    return None


def names_area(cell: str, gazetteer: Gazetteer) -> bool:
    """Say whether a cell names an area of the city, one or several."""
    try:
        return gazetteer.find(cell) is not None
    except Ambiguous:
        return True


def _by_content(cells: Sequence[str], gazetteer: Gazetteer) -> dict[str, float]:
    """Return what a column looks like whose heading says nothing."""
    tests: list[tuple[str, Callable[[str], bool]]] = [
        ("applicant_identity_number", is_identity),
        ("applicant_phone", is_phone),
        ("category", lambda cell: len(cell) <= 12 and code_of("category", cell) is not None),
        ("area", lambda cell: len(cell) <= 30 and names_area(cell, gazetteer)),
        ("description", lambda cell: len(cell) >= _LONG_TEXT),
    ]
    for field, test in tests:
        if sum(1 for cell in cells if test(cell)) / len(cells) >= _FIT:
            return {field: _CONTENT}
    return {}


def meanings(field: str, words: Sequence[str]) -> dict[str, str]:
    """Return word → code for the words of a column with a closed list; unclear ones are left out."""
    if field not in CHOICES:
        return {}
    found = {word: code_of(field, word) for word in words}
    return {word: code for word, code in found.items() if code is not None}
