"""The limits as they are set, and the networks that may be asked for pictures."""

import ipaddress

from linli.cameras.limits import Limits, Net
from linli.cameras.models import Network, Setting


def limits() -> Limits:
    """Return the limits as they are set."""
    return Limits(**dict(Setting.objects.values_list("name", "value")))


def networks() -> tuple[Net, ...]:
    """Return the networks that may be asked."""
    found = Network.objects.values_list("cidr", flat=True)
    return tuple(ipaddress.ip_network(cidr) for cidr in found)
