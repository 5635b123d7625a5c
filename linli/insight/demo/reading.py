"""What people in the demo call their places: a few names beside the official ones."""

from linli.reading.models import PlaceAlias

# Invented landmarks, but for the streets that give their name to a sub-district.
ALIASES = {
    "620302003002": ("龙门小区", "老文化宫"),
    "620302003001": ("金冶小区", "冶金俱乐部"),
    "620302003": ("北京路夜市",),
    "620302002002": ("宝林菜市场",),
    "620302100": ("宁远堡集市",),
}


def name_places() -> None:
    """Save the names."""
    PlaceAlias.objects.bulk_create(
        PlaceAlias(alias=alias, area_id=area) for area, names in ALIASES.items() for alias in names
    )
