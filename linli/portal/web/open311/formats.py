"""Answers as JSON and as XML, in the shapes of the specification.

XML is only ever written here, by the standard library's tree, which escapes; nothing a client sends
is parsed as XML.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.http import HttpResponse

# What XML 1.0 can't hold, however it is escaped.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A list's element name → the name of each of its entries.
_ENTRY = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}

type Body = Sequence[Mapping[str, Any]] | Mapping[str, Any]


class Fault(Exception):
    """An error of the specification: a status and a sentence."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


def answer(form: str, root: str, body: Body, status: int = 200) -> HttpResponse:
    """Return ``body`` in the asked format; ``root`` is the XML document's element."""
    if form == "json":
        data, kind = orjson.dumps(body), "application/json; charset=utf-8"
    else:
        element = ET.Element(root)
        _fill(element, body)
        data = ET.tostring(element, encoding="utf-8", xml_declaration=True)
        kind = "text/xml; charset=utf-8"
    response = HttpResponse(data, content_type=kind, status=status)
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def fault(form: str, error: Fault) -> HttpResponse:
    """Return an error in its standard shape."""
    body = [{"code": error.status, "description": error.description}]
    return answer(form, "errors", body, error.status)


def _fill(element: ET.Element, body: Any) -> None:
    if isinstance(body, Mapping):
        for name, value in body.items():
            _fill(ET.SubElement(element, name), value)
    elif isinstance(body, list | tuple):
        for entry in body:
            _fill(ET.SubElement(element, _ENTRY[element.tag]), entry)
    elif body is not None:
        text = str(body).lower() if isinstance(body, bool) else str(body)
        element.text = _UNFIT.sub("", text)
