"""``{% asset %}``, ``{% icon %}``: what the front-end build left in ``static/``; ``{% fragment %}``.

The build writes ``manifest.json`` (source name → hashed file names) and ``icons.json`` (icon name →
SVG drawing). Both are read once and again only when the file changes, so a page costs one ``stat``.
"""

import json
import logging
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
log = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def _parse(path: str, changed_at: int) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(Path(path).read_bytes())
    return content


def built(name: str) -> dict[str, Any]:
    """Return a JSON file of the build as a dict, empty (with a warning) when nothing was built."""
    path = os.path.join(settings.STATICFILES_DIRS[0], name)
    try:
        return _parse(path, os.stat(path).st_mtime_ns)
    except FileNotFoundError:
        log.warning("static/%s is missing: build the front end first", name)
        return {}


@register.simple_tag
def asset(entry: str) -> SafeString:
    """Link one entry of the front end: its style sheets, then its module script.

    ``entry`` is a file name below ``frontend/src``, such as ``main.ts``.
    """
    manifest = built("manifest.json")
    chunk = manifest.get(f"src/{entry}")
    if chunk is None:
        return SafeString("")
    styles = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(css),) for css in chunk.get("css", []))
    )
    preloads = format_html_join(
        "\n",
        '<link rel="modulepreload" href="{}">',
        ((static(manifest[name]["file"]),) for name in chunk.get("imports", [])),
    )
    script = format_html('<script type="module" src="{}"></script>', static(chunk["file"]))
    return styles + preloads + script


@lru_cache(maxsize=512)
def _svg(drawing: str, extra_class: str) -> SafeString:
    return format_html(
        '<svg class="icon{}{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        " " if extra_class else "",
        extra_class,
        mark_safe(drawing),  # noqa: S308 - written by our own build from a pinned package
    )


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """Draw a Tabler icon inline. It is decoration only: the words beside it carry the meaning."""
    return _svg(built("icons.json").get(name, ""), extra_class)


@lru_cache(maxsize=32)
def _drawn(template_name: str, language: str) -> SafeString:
    return render_to_string(template_name)


@register.simple_tag
def fragment(template_name: str) -> SafeString:
    """Include a template that is the same for everybody who reads one language: drawn once."""
    if settings.DEBUG:
        return render_to_string(template_name)
    return _drawn(template_name, get_language() or "")
