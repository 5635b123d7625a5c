"""The words for what a camera is, where it stands, and how it is."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LegalClass(models.TextChoices):
    """Whose picture it is by law: public space, a unit's public part, or inside a unit."""

    FIRST = "first", _("class 1")
    SECOND = "second", _("class 2")
    THIRD = "third", _("class 3")


class PlaceKind(models.TextChoices):
    """What kind of place a camera looks at; the last eight are forbidden."""

    ROAD = "road", pgettext_lazy("camera place", "road or crossing")
    SQUARE = "square", pgettext_lazy("camera place", "square")
    STATION = "station", pgettext_lazy("camera place", "station or stop")
    SCHOOL_GATE = "school_gate", pgettext_lazy("camera place", "school gate")
    HOSPITAL_HALL = "hospital_hall", pgettext_lazy("camera place", "hall of a hospital")
    MARKET = "market", pgettext_lazy("camera place", "market or shop")
    HOTEL_LOBBY = "hotel_lobby", pgettext_lazy("camera place", "lobby or corridor of a hotel")
    RESIDENTIAL = "residential", pgettext_lazy("camera place", "shared ground of a compound")
    PARK = "park", pgettext_lazy("camera place", "park")
    SITE = "site", pgettext_lazy("camera place", "building site")
    PLANT = "plant", pgettext_lazy("camera place", "plant or yard")
    GOVERNMENT = "government", pgettext_lazy("camera place", "hall of an office")
    VEHICLE = "vehicle", pgettext_lazy("camera place", "public vehicle")
    OTHER = "other", pgettext_lazy("camera place", "another public place")
    GUEST_ROOM = "guest_room", pgettext_lazy("camera place", "guest room")
    PRIVATE_ROOM = "private_room", pgettext_lazy("camera place", "private room of a restaurant")
    DORMITORY_ROOM = "dormitory_room", pgettext_lazy("camera place", "dormitory room")
    REST_ROOM = "rest_room", pgettext_lazy("camera place", "room to sleep or rest for staff")
    BATH = "bath", pgettext_lazy("camera place", "bath")
    TOILET = "toilet", pgettext_lazy("camera place", "toilet")
    CHANGING_ROOM = "changing_room", pgettext_lazy("camera place", "changing or fitting room")
    NURSING_ROOM = "nursing_room", pgettext_lazy("camera place", "nursing room")


class Protocol(models.TextChoices):
    """How a camera's picture is had."""

    RTSP = "rtsp", "RTSP"
    HLS = "hls", "HLS"
    ONVIF = "onvif", "ONVIF"
    GB28181 = "gb28181", "GB/T 28181"


class Condition(models.TextChoices):
    """How a camera was when it was last looked at."""

    UNKNOWN = "unknown", pgettext_lazy("camera", "not looked at")
    OK = "ok", pgettext_lazy("camera", "good")
    NETWORK = "network", pgettext_lazy("camera", "no connection")
    AUTHENTICATION = "authentication", pgettext_lazy("camera", "sign-in refused")
    STREAM = "stream", pgettext_lazy("camera", "no video")
    BLACK = "black", pgettext_lazy("camera", "black picture")
    FROZEN = "frozen", pgettext_lazy("camera", "frozen picture")
    BLURRED = "blurred", pgettext_lazy("camera", "blurred picture")
    CLOCK = "clock", pgettext_lazy("camera", "wrong clock")


class OrderState(models.TextChoices):
    """How far the repair of a camera is."""

    OPEN = "open", pgettext_lazy("work order", "open")
    DONE = "done", pgettext_lazy("work order", "said to be mended")
    CLOSED = "closed", pgettext_lazy("work order", "closed")


# State → its light.
LIGHTS = {
    "ok": "green",
    "unknown": "",
    "clock": "yellow",
    "blurred": "yellow",
}
WHY_FORBIDDEN: Promise = _(
    "Inside guest rooms, private rooms, dormitory and rest rooms, baths, toilets, changing rooms and"
    " nursing rooms no camera may stand: the regulations on public security video forbid it, whatever"
    " it is for."
)


def light_of(condition: str) -> str:
    """Return the light of a camera's condition: green good, yellow to be mended, red no picture."""
    return LIGHTS.get(condition, "red")
