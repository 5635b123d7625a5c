"""The closed lists of premises, with their words. Kinds of premises are a table the city edits."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.premises import lifecycle


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


class ContactPart(models.TextChoices):
    """What somebody is to be called for."""

    RESPONSIBLE = "responsible", _("person responsible")
    SAFETY = "safety", _("safety officer")
    DUTY = "duty", _("on duty, day and night")
    KEYS = "keys", _("holder of the keys")
    OTHER = "other", pgettext_lazy("contact", "other")


class InspectionKind(models.TextChoices):
    """Why somebody came to look."""

    ROUTINE = "routine", _("routine inspection")
    SPECIAL = "special", _("special inspection")
    JOINT = "joint", _("joint inspection")


class HazardState(models.TextChoices):
    """States of a hazard, with their words."""

    OPEN = lifecycle.OPEN, pgettext_lazy("hazard", "open")
    MENDED = lifecycle.MENDED, pgettext_lazy("hazard", "said to be mended")
    CLOSED = lifecycle.CLOSED, pgettext_lazy("hazard", "closed")
    DROPPED = lifecycle.DROPPED, pgettext_lazy("hazard", "ended otherwise")


class DrillSubject(models.TextChoices):
    """What is rehearsed."""

    FIRE = "fire", _("fire")
    EVACUATION = "evacuation", _("evacuation")
    INTRUDER = "intruder", _("intruder or violence")
    EARTHQUAKE = "earthquake", _("earthquake")
    LEAK = "leak", _("leak or explosion")
    CROWD = "crowd", _("crush of a crowd")
    OTHER = "other", pgettext_lazy("drill", "other drill")


class FilePurpose(models.TextChoices):
    """What a file of a place is for."""

    PLAN = "plan", _("floor plan")
    PHOTO = "photo", _("photo")
    RECORD = "record", _("record")


class Happened(models.TextChoices):
    """What is written into the history of a place or a device."""

    ADDED = "added", pgettext_lazy("premises", "added")
    CHANGED = "changed", pgettext_lazy("premises", "changed")
    CLOSED = "closed", pgettext_lazy("premises", "closed")
    INSPECTED = "inspected", pgettext_lazy("premises", "inspected")
    HAZARD = "hazard", pgettext_lazy("premises", "hazard found")
    HAZARD_MENDED = "hazard_mended", pgettext_lazy("premises", "hazard said to be mended")
    HAZARD_LEFT = "hazard_left", pgettext_lazy("premises", "looked again: hazard not mended")
    HAZARD_CLOSED = "hazard_closed", pgettext_lazy("premises", "hazard closed")
    HAZARD_AGAIN = "hazard_again", pgettext_lazy("premises", "hazard open again")
    HAZARD_DROPPED = "hazard_dropped", pgettext_lazy("premises", "hazard ended with its case")
    DRILL_PLANNED = "drill_planned", pgettext_lazy("premises", "drill planned")
    DRILL_HELD = "drill_held", pgettext_lazy("premises", "drill held")
    DRILL_CANCELLED = "drill_cancelled", pgettext_lazy("premises", "drill called off")
    CONTACT = "contact", pgettext_lazy("premises", "contacts changed")
    FILE = "file", pgettext_lazy("premises", "file added")
    FILE_OUT = "file_out", pgettext_lazy("premises", "file taken out")
    DEVICE = "device", pgettext_lazy("premises", "device added")
    DEVICE_CHANGED = "device_changed", pgettext_lazy("premises", "device changed")
    RETIRED = "retired", pgettext_lazy("premises", "device out of use")
    OFFLINE = "offline", pgettext_lazy("premises", "device not heard of")
    ONLINE = "online", pgettext_lazy("premises", "device heard of again")
    FAULT = "fault", pgettext_lazy("premises", "fault of a device")
    REPAIRED = "repaired", pgettext_lazy("premises", "device mended")
    TESTED = "tested", pgettext_lazy("premises", "alarm tested")
    SECRET = "secret", pgettext_lazy("premises", "secret of a device changed")
