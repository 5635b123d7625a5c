"""The WSGI application the web workers serve."""

import os

from django.core.wsgi import get_wsgi_application

from linli.site.process import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
# A web worker whose master was killed would hold the port and answer with old code.
if os.environ.get("LINLI_SUPERVISED"):
    end_with_parent()
application = get_wsgi_application()
