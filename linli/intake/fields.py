"""What a column can be: the fields of a matter, their words, and the headings they go by.

The headings themselves are data (``data/headings.txt``).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

type Content = Literal["text", "moment", "phone", "identity", "number", "area", "choice"]

# Not used; and: its text is added to the description under its heading.
IGNORE, EXTRA = "", "extra"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its word, what its cells hold, and whether several columns add up to it."""

    label: str | Promise
    content: Content = "text"
    many: bool = False


PARTIES: Mapping[str, str | Promise] = {
    "applicant": pgettext_lazy("party", "applicant"),
    "respondent": pgettext_lazy("party", "other side"),
}
ATTRIBUTES: Mapping[str, Field] = {
    "name": Field(pgettext_lazy("import field", "name")),
    "phone": Field(pgettext_lazy("import field", "phone"), "phone"),
    "identity_number": Field(pgettext_lazy("import field", "identity number"), "identity"),
    "sex": Field(pgettext_lazy("import field", "sex")),
    "age": Field(pgettext_lazy("import field", "age"), "number"),
    "ethnicity": Field(pgettext_lazy("import field", "ethnicity")),
    "occupation": Field(pgettext_lazy("import field", "occupation")),
    "address": Field(pgettext_lazy("import field", "address")),
}
FIELDS: Mapping[str, Field] = {
    "source_number": Field(pgettext_lazy("import field", "number there")),
    "title": Field(pgettext_lazy("import field", "title")),
    "description": Field(pgettext_lazy("import field", "description"), many=True),
    "kind": Field(pgettext_lazy("import field", "kind"), "choice"),
    "category": Field(pgettext_lazy("import field", "category"), "choice"),
    "area": Field(pgettext_lazy("import field", "area"), "area", many=True),
    "place": Field(pgettext_lazy("import field", "place in words")),
    "happened_on": Field(pgettext_lazy("import field", "happened on"), "moment"),
    "opened": Field(pgettext_lazy("import field", "registered there on"), "moment"),
    "channel": Field(pgettext_lazy("import field", "channel"), "choice"),
    "scale": Field(pgettext_lazy("import field", "scale"), "choice"),
    "people": Field(pgettext_lazy("import field", "people concerned"), "number"),
    "difficulty": Field(pgettext_lazy("import field", "difficulty"), "choice"),
    "urgency": Field(pgettext_lazy("import field", "urgency"), "choice"),
    "high_risk": Field(pgettext_lazy("import field", "high risk"), "choice"),
    "latitude": Field(pgettext_lazy("import field", "latitude"), "number"),
    "longitude": Field(pgettext_lazy("import field", "longitude"), "number"),
    "state": Field(pgettext_lazy("import field", "state there"), "choice"),
    "ended": Field(pgettext_lazy("import field", "resolved there on"), "moment"),
    "closed": Field(pgettext_lazy("import field", "closed there on"), "moment"),
    "due": Field(pgettext_lazy("import field", "deadline there"), "moment"),
    "outcome": Field(pgettext_lazy("import field", "outcome"), many=True),
    "satisfaction": Field(pgettext_lazy("import field", "satisfaction"), "choice"),
    "unit": Field(pgettext_lazy("import field", "unit there")),
    **{
        f"{side}_{name}": Field(format_lazy("{}: {}", word, one.label), one.content)
        for side, word in PARTIES.items()
        for name, one in ATTRIBUTES.items()
    },
}
# Whoever works there is no party; papers and schooling are nothing we keep.
_NOT_OURS = re.compile(
    "责任人|承办人|经办人|登记人|录入人|受理人|调解员|网格员|处理人|办理人|填报人|审核|审批|领导|话务员|坐席"
    "|证件类型|证件代码|人员类|学历|政治面貌|婚姻状况|国籍"
)
# Words whose column is used only where it clearly says whose it is: an address is mostly a place.
_NOT_ALONE = frozenset({"地址", "名称", "address"})


def plain(heading: str) -> str:
    """Return a heading as it is compared: without blanks, brackets' content and punctuation."""
    text = unicodedata.normalize("NFKC", heading).lower()
    text = re.sub(r"\(.*?\)|\[.*?\]|【.*?】|<.*?>", "", text)
    return re.sub(r"[\W_]+", "", text)


def _read() -> dict[str, str]:
    """Return heading → field, from the list of headings."""
    lists: dict[str, list[str]] = {}
    text = Path(__file__).with_name("data").joinpath("headings.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _colon, words = line.partition(":")
            lists[name] = words.split()
    found = {plain(word): name for name in reversed(list(FIELDS)) for word in lists.get(name, ())}
    for side in PARTIES:
        for name in ATTRIBUTES:
            for heading in _combined(side, name, lists[f"@{side}"], lists[f".{name}"]):
                found.setdefault(plain(heading), f"{side}_{name}")
    return found


def _combined(side: str, attribute: str, names: list[str], words: list[str]) -> list[str]:
    """Return 申请人姓名, 申请人联系电话 and so on; bare words are of the one who came."""
    found = [name + word for name in names for word in words]
    if attribute == "name":
        found += names
    if side == "applicant":
        found += [word for word in words if word not in _NOT_ALONE]
    return found


_BY_HEADING: Mapping[str, str] = _read()


def field_called(heading: str) -> str | None:
    """Return the field that goes exactly by this heading."""
    return _BY_HEADING.get(plain(heading))


def field_like(heading: str) -> str | None:
    """Return the field with whose heading this one ends, such as 矛盾纠纷发生日期."""
    text = plain(heading)
    if _NOT_OURS.search(text):
        return None
    for start in range(1, len(text) - 1):
        if found := _BY_HEADING.get(text[start:]):
            return found
    return None


def is_heading(text: str) -> bool:
    """Say whether a cell is a heading we know, perhaps with words before it."""
    if len(text) > 40:
        return False
    known = field_called(text) is not None or field_like(text) is not None
    return known or _NOT_OURS.search(plain(text)) is not None
