"""What the administrator sees of reading: versions with their figures, how often proposals held, lists."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from linli.cases.queries.categories import categories
from linli.reading.models import Field, Keyword, Version

SINCE = timedelta(days=90)
# Fewer texts than this say little about a category.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Share:
    """How often people kept what was proposed for a field."""

    label: str
    proposed: int
    accepted: int

    @property
    def percent(self) -> int:
        """Return the share accepted in whole percent."""
        return round(self.accepted * 100 / self.proposed) if self.proposed else 0


def shares(at: datetime) -> list[Share]:
    """Return the shares of the last ninety days, for the whole city."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT field, proposed, accepted FROM reading_shares(%s)", [at - SINCE])
        found = {field: (proposed, accepted) for field, proposed, accepted in cursor.fetchall()}
    return [Share(str(field.label), *found[field.value]) for field in Field if field.value in found]


def versions() -> list[Version]:
    """Return the versions, newest first, without what they weigh."""
    return list(Version.objects.defer("stored").order_by("-number")[:20])


def version(number: int) -> Version | None:
    """Return one version."""
    return Version.objects.defer("stored").filter(pk=number).first()


@dataclass(frozen=True, slots=True)
class OfCategory:
    """How good a version is at one category, in percent."""

    label: str
    precision: int
    recall: int
    f1: int
    support: int
    few: bool


def by_category(one: Version) -> list[OfCategory]:
    """Return the quality of each category, the worst first; those with few texts last."""
    names = {category.code: category.label for category in categories()}
    found = [
        OfCategory(
            names.get(code, code),
            round(figures["precision"] * 100),
            round(figures["recall"] * 100),
            round(figures["f1"] * 100),
            figures["support"],
            figures["support"] < _FEW,
        )
        for code, figures in one.quality.get("categories", {}).items()
    ]
    return sorted(found, key=lambda row: (row.few, row.f1, row.label))


@dataclass(frozen=True, slots=True)
class OfWords:
    """The words of one category, or of a kind as a whole (empty code)."""

    code: str
    kind: str
    label: str
    words: list[Keyword]


def keyword_lists() -> list[OfWords]:
    """Return the words of every category, in the order categories are offered."""
    kept: dict[tuple[str, str], list[Keyword]] = {}
    for keyword in Keyword.objects.order_by("-weight", "word"):
        kept.setdefault((keyword.kind, keyword.category_id or ""), []).append(keyword)
    found = []
    seen = set()
    for one in categories():
        if one.kind not in seen:
            seen.add(one.kind)
            found.append(OfWords("", one.kind, one.kind_label, kept.get((one.kind, ""), [])))
        words = kept.get((one.kind, one.code), [])
        if not one.retired or words:
            found.append(OfWords(one.code, one.kind, one.label, words))
    return found
