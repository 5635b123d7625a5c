"""The city's categories, kept in the process: every list names them, and they change by the month."""

import time
from typing import NamedTuple

from linli.cases.choices import Kind
from linli.cases.models import Category
from linli.cases.models.case import in_page_language

_CACHE_SECONDS = 5.0
_KINDS = list(Kind.values)


class Named(NamedTuple):
    """A category with both its names; ``parent`` is the code of the one it lies under."""

    code: str
    kind: str
    parent: str | None
    name: str
    name_en: str
    retired: bool

    @property
    def label(self) -> str:
        """Return the name in the language of the page."""
        return in_page_language(self.name, self.name_en)

    @property
    def kind_label(self) -> str:
        """Return the kind in the language of the page."""
        return str(Kind(self.kind).label)


class _Table:
    def __init__(self) -> None:
        self.read_at = float("-inf")
        self.rows: tuple[Named, ...] = ()

    def get(self) -> tuple[Named, ...]:
        if time.monotonic() - self.read_at > _CACHE_SECONDS:
            names = ("code", "kind", "parent_id", "name", "name_en", "retired")
            rows = Category.objects.order_by("kind", "position", "code").values_list(*names)
            found = [Named(*row) for row in rows]
            self.rows = tuple(sorted(found, key=lambda one: _KINDS.index(one.kind)))
            self.read_at = time.monotonic()
        return self.rows


_table = _Table()


def categories() -> tuple[Named, ...]:
    """Return all categories, retired ones too, in the order they are offered."""
    return _table.get()


def forget_categories() -> None:
    """Read the table afresh at the next question."""
    _table.read_at = float("-inf")
