"""What browsers and what stands between may keep of an answer."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control


def private[R: HttpResponse](response: R) -> R:
    """Keep what is for one pair of eyes, or shown once, out of every cache and the history."""
    patch_cache_control(response, no_store=True, private=True)
    return response
