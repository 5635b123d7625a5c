"""What everybody may read: the city's rules and pages, its centres, and where a point lies."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language

from linli.accounts.scope import in_area
from linli.areas.codes import LENGTH_OF, Level
from linli.areas.locating import lowest_at
from linli.areas.models import Area, Unit, UnitKind
from linli.portal.models import InfoPage, Terms


def terms() -> Terms:
    """Return the city's rules, or those the product begins with."""
    return Terms.objects.filter(pk=1).first() or Terms()


def city() -> Area | None:
    """Return the city this installation serves."""
    return Area.objects.filter(level=Level.CITY, abolished_on=None).order_by("code").first()


@dataclass(frozen=True, slots=True)
class Words:
    """A page in the reader's language."""

    slug: str
    icon: str
    title: str
    paragraphs: list[str]


def in_words(page: InfoPage) -> Words:
    """Return a page in the language of the moment; Chinese where there is no English."""
    english = (get_language() or "").startswith("en")
    title = (english and page.title_en) or page.title
    body = (english and page.body_en) or page.body
    parts = [part.strip() for part in body.replace("\r\n", "\n").split("\n\n")]
    return Words(page.slug, page.icon, title, [part for part in parts if part])


def pages() -> list[Words]:
    """Return the pages that are shown, in their order."""
    return [in_words(page) for page in InfoPage.objects.filter(shown=True)]


def page(slug: str) -> Words | None:
    """Return a page that is shown."""
    found = InfoPage.objects.filter(slug=slug, shown=True).first()
    return in_words(found) if found else None


def centres_in(code: str) -> list[Unit]:
    """Return the open centres of an area and of those right below it, the area's own first."""
    near = Unit.objects.filter(kind=UnitKind.CENTRE, closed_on=None).select_related("area")
    own = near.filter(area=code)
    below = near.filter(area__parent=code, area__abolished_on=None).order_by("area")
    return [*own, *below]


def townships() -> list[Area]:
    """Return the city's counties and townships by code, for choosing among centres."""
    levels = (Level.COUNTY, Level.TOWNSHIP)
    return list(Area.objects.filter(level__in=levels, abolished_on=None).order_by("code"))


def choices(top: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each township with itself and its villages: the choice of those without scripts."""
    names: dict[str, str] = {}
    groups: dict[str, list[tuple[str, str]]] = {}
    township = LENGTH_OF[Level.TOWNSHIP]
    rows = Area.objects.filter(in_area(top, "code"), abolished_on=None, level__in=_CHOSEN)
    for code, name in rows.order_by("code").values_list("code", "name"):
        if len(code) == township:
            names[code] = name
        groups.setdefault(code[:township], []).append((code, name))
    for code, rows_of_it in groups.items():
        yield names.get(code, code), rows_of_it


_CHOSEN = (Level.TOWNSHIP, Level.VILLAGE)


def area_at(longitude: float, latitude: float) -> Area | None:
    """Return the lowest area, down to a village, in which a point (WGS-84 degrees) lies."""
    top = city()
    return lowest_at(top.code, longitude, latitude) if top else None
