"""The closed lists of premises, with their words. Kinds of premises are a table the city edits."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeviceKind(models.TextChoices):
    """What a device is. An ID terminal is equipment only: nothing it reads comes into Linli."""

    ONE_KEY_ALARM = "one_key_alarm", pgettext_lazy("device", "one-key alarm")
    ID_TERMINAL = "id_terminal", _("ID terminal")
    FACE_TERMINAL = "face_terminal", _("face terminal")
    SENSOR = "sensor", pgettext_lazy("device", "sensor")
    EXTINGUISHER = "extinguisher", _("fire extinguisher")
    HYDRANT = "hydrant", _("hydrant")
    GATE = "gate", _("gate or barrier")
    INTERCOM = "intercom", _("intercom")
    OTHER = "other", pgettext_lazy("device", "other device")


class Senses(models.TextChoices):
    """What a sensor senses."""

    SMOKE = "smoke", _("smoke")
    HEAT = "heat", _("heat")
    GAS = "gas", _("combustible gas")
    CARBON_MONOXIDE = "carbon_monoxide", _("carbon monoxide")
    WATER = "water", _("water level or leak")
    PRESSURE = "pressure", _("pressure of the fire main")
    ELECTRIC = "electric", _("electric fire")
    DOOR = "door", _("door or window")
    MOTION = "motion", _("motion")
    TILT = "tilt", _("tilt or displacement")


class Spot(models.TextChoices):
    """Where in the premises a device stands."""

    GUARD_ROOM = "guard_room", _("guard room")
    MONITORING_ROOM = "monitoring_room", _("monitoring room")
    DORMITORY = "dormitory", _("dormitory duty room")
    RECEPTION = "reception", _("reception desk")
    ENTRANCE = "entrance", _("entrance")
    CORRIDOR = "corridor", _("corridor")
    KITCHEN = "kitchen", _("kitchen")
    FORECOURT = "forecourt", _("forecourt")
    SHOP = "shop", _("shop or cashier")
    HALL = "hall", _("waiting hall")
    MACHINE_ROOM = "machine_room", _("machine room")
    OUTSIDE = "outside", _("outside")
    OTHER = "other", pgettext_lazy("spot", "elsewhere")


class DeviceState(models.TextChoices):
    """What is known of a device now. A fault is not an alarm."""

    UNCONNECTED = "unconnected", _("not connected")
    ONLINE = "online", pgettext_lazy("device", "online")
    OFFLINE = "offline", pgettext_lazy("device", "offline")
    FAULT = "fault", pgettext_lazy("device", "fault")
