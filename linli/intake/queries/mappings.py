"""The mapping that means a file: the city's own before those that come with Linli."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.intake.gazetteer import Gazetteer
from linli.intake.layout import Layout, builtin
from linli.intake.look import Look
from linli.intake.matching import best_builtin, propose
from linli.intake.models import Mapping
from linli.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Chosen:
    """A layout for one file, and under which name it was known ("" where it was thought out)."""

    name: str
    layout: Layout


def mapping_named(name: str) -> Layout:
    """Return a layout by its name; raises :class:`NotFound`."""
    kept = Mapping.objects.filter(name__iexact=name.strip()).first()
    if kept is not None:
        return Layout.of({**kept.layout, "source": kept.source})
    for one in builtin():
        if one.name.casefold().startswith(name.strip().casefold()) and name.strip():
            return one.layout
    raise NotFound(_("There is no mapping “%(name)s”.") % {"name": name})


def choose(look: Look, gazetteer: Gazetteer, name: str = "") -> Chosen:
    """Return the layout for a file that was looked at.

    The mapping ``name`` if one is asked for; else the latest of this shape, one that comes with
    Linli, or what the columns look like. Columns a mapping does not speak of are thought out.
    """
    if name:
        known, named = mapping_named(name), name
    else:
        known, named = _recognised(look)
    columns = propose(look.heads(), look.samples(), gazetteer, known)
    for heading in _running_numbers(look, columns):
        columns[heading] = ""
    layout = Layout(columns, known.values, known.defaults, known.source)
    return Chosen(named, layout)


def _recognised(look: Look) -> tuple[Layout, str]:
    kept = Mapping.objects.filter(shape=look.shape).order_by("-changed_at").first()
    if kept is not None:
        return Layout.of({**kept.layout, "source": kept.source}), kept.name
    brought = best_builtin([one.heading for one in look.columns])
    return (brought.layout, brought.name) if brought else (Layout(), "")


def _running_numbers(look: Look, columns: dict[str, str]) -> list[str]:
    """Return columns that only count the rows: no number by which a matter is known elsewhere."""
    found = []
    for one in look.columns:
        cells = one.samples[:20]
        if columns.get(one.heading) == "source_number" and len(cells) > 1:
            first = cells[0]
            if first.isdigit() and int(first) < 10 and cells == _counted(int(first), len(cells)):
                found.append(one.heading)
    return found


def _counted(first: int, count: int) -> list[str]:
    return [str(first + step) for step in range(count)]
