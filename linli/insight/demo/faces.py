"""What stands on a matter besides its story: title, place, parties."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from linli.insight.demo import chances
from linli.insight.demo.draw import Draw
from linli.insight.demo.grammar import speak
from linli.insight.demo.notes import (
    BRIEFS,
    RURAL_PLACES,
    RURAL_SPOTS,
    URBAN_PLACES,
    URBAN_SPOTS,
)
from linli.insight.demo.persons import Resident, organisations, residents
from linli.insight.demo.staff import City
from linli.insight.demo.titles import TITLES

RESIDENTS = 16_000
# Category → which of the invented firms stands on the other side.
_FIRMS = {"wages": 7, "labour": 1, "property": 0, "consumer": 6, "medical": 9, "tourism": 8}
_REFERRED = ("court", "police", "petitions", "procuratorate")


@dataclass(slots=True)
class Face:
    """The particulars of one matter; ``number`` is filled in by whoever numbers it."""

    number: str
    category: str
    title: str
    description: str
    scale: str
    high_risk: bool
    channel: str
    source_number: str
    place: str
    latitude: float
    longitude: float
    happened_on: date | None
    parties: list[tuple[str, bool, Resident]]


class Faces:
    """Makes up particulars."""

    def __init__(self, city: City, rng: Random) -> None:
        self._city, self._rng = city, rng
        self._residents = residents(rng, RESIDENTS)
        self._firms = organisations()
        self._scale = Draw(chances.SCALE)

    def face(self, area: str, kind: str, category: str, channel: str, opened: date) -> Face:
        """Return particulars of a matter in an area, registered on a day."""
        rng, place = self._rng, self._city.places[area]
        urban = area.startswith("62030200")
        spread = 0.0012 if urban else 0.006
        assert place.latitude is not None and place.longitude is not None  # noqa: S101, PT018
        patterns = BRIEFS["dispute" if kind == "dispute" else "other"]
        return Face(
            number="",
            category=category,
            title=self._title(category, urban),
            description=speak(rng, patterns) if rng.random() < 0.4 else "",
            scale=self._scale(rng),
            high_risk=rng.random() < 0.004,
            channel=channel,
            source_number=_source(rng, opened) if channel in _REFERRED else "",
            place=speak(rng, URBAN_PLACES if urban else RURAL_PLACES),
            latitude=round(place.latitude + rng.uniform(-spread, spread), 6),
            longitude=round(place.longitude + rng.uniform(-spread, spread), 6),
            happened_on=opened - timedelta(days=rng.randint(0, 9)) if rng.random() < 0.7 else None,
            parties=list(self._parties(category, kind)),
        )

    def _title(self, category: str, urban: bool) -> str:
        """Every other title says where it is."""
        title = speak(self._rng, TITLES[category])
        if self._rng.random() < 0.5:
            return title
        return speak(self._rng, URBAN_SPOTS if urban else RURAL_SPOTS) + title

    def _parties(self, category: str, kind: str) -> Iterator[tuple[str, bool, Resident]]:
        rng = self._rng
        role = "applicant" if kind == "dispute" else "reporter"
        yield role, False, rng.choice(self._residents)
        if kind != "dispute" or rng.random() < 0.12:
            return
        if category in _FIRMS:
            yield "respondent", True, self._firms[_FIRMS[category]]
        else:
            yield "respondent", False, rng.choice(self._residents)
        if rng.random() < 0.08:
            yield "third", False, rng.choice(self._residents)


def _source(rng: Random, opened: date) -> str:
    return f"〔{opened.year}〕委派{rng.randint(1, 999)}号"
