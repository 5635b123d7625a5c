"""The ASGI application of the event stream's process; pages are served by ``wsgi``."""

import os

import django

from linli.site.process import end_with_parent, settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
if os.environ.get("LINLI_SUPERVISED"):
    end_with_parent()
django.setup()

from linli.notices.stream.server import application  # noqa: E402 - Django first

settle()

__all__ = ["application"]
