"""What alarms put on other rooms' pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from linli.accounts.actor import actor_of
from linli.alarms.policy import may_open
from linli.alarms.queries.queue import alarms_of_device, refused_of
from linli.premises.models import Device


def device(request: HttpRequest, *, device: Device) -> SafeString:
    """Return the last alarms of a device, and what it said that was not taken, by reason."""
    context = {
        "alarms": alarms_of_device(device.id),
        "refused": refused_of(device.id),
        "may_open": may_open(actor_of(request)),
    }
    return render_to_string("alarms/device_card.html", context, request)
