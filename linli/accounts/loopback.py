"""Does a request come from the machine Linli runs on? Asked before a demo password is taken."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.http import HttpRequest

_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP")


def from_this_machine(request: HttpRequest | None) -> bool:
    """Say whether both ends are this machine and nobody stands between.

    Behind a proxy every request comes from the loopback address: what a proxy adds, or the name in
    ``Host`` and ``Origin``, gives it away.
    """
    if request is None or any(name in request.META for name in _FORWARDED):
        return False
    origin = request.META.get("HTTP_ORIGIN", "")
    hosts = [urlsplit(f"//{request.META.get('HTTP_HOST', 'localhost')}").hostname]
    if origin and origin != "null":
        hosts.append(urlsplit(origin).hostname)
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and all(map(_is_loopback, hosts))


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False
