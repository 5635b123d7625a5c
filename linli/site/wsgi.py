"""The WSGI application the web workers serve."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from linli.site.process import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
# A web worker whose master was killed would hold the port and answer with old code.
if os.environ.get("LINLI_SUPERVISED"):
    end_with_parent()
pages = get_wsgi_application()

from linli.alarms.web import door  # noqa: E402 - Django's settings come first


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Serve the devices' door beside the pages: what it needs none of them has to load."""
    serve = door.application if environ["PATH_INFO"].startswith(door.PREFIX) else pages
    return serve(environ, start_response)
