"""Points as requests give them."""

from django.http import HttpRequest


def point_in(request: HttpRequest) -> tuple[float, float] | None:
    """Return the point ``?lng=&lat=`` (WGS-84 degrees); None where there is none on earth."""
    try:
        lng, lat = float(request.GET["lng"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        return None
    return (lng, lat) if -180 <= lng <= 180 and -90 <= lat <= 90 else None
