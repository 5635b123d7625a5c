"""``{% slot "area" area=area %}``: a lower app's page shows what higher apps put there."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.html import format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, **given: Any) -> SafeString:
    """Return what the apps listed for the slot render, each called as ``fill(request, **given)``."""
    fills = import_string(settings.LINLI_SLOTS).get(name, ())
    request = context["request"]
    return format_html_join("", "{}", ((import_string(fill)(request, **given),) for fill in fills))
