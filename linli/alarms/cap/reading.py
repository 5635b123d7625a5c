"""Reading a message of another system: no bomb, no entity, nothing that is not CAP 1.2."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from lxml import etree

MOST_BYTES = 256 * 1024
NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
# Encodings of Chinese systems that XML parsers do not know by themselves.
_CHINESE = frozenset({"gb2312", "gbk", "gb18030"})


class NotCap(Exception):
    """It is no CAP 1.2 message; the text says what is wrong first, for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Message:
    """What Linli takes from a message. ``codes`` are geocodes, ``points`` the first of each outline
    (longitude, latitude); texts are of the Chinese block where there is one.
    """

    identifier: str
    sender: str
    sent: datetime
    status: str
    type: str
    references: tuple[str, ...]
    event: str
    headline: str
    description: str
    instruction: str
    expires: datetime | None
    place: str
    codes: tuple[str, ...]
    points: tuple[tuple[float, float], ...]

    @property
    def name(self) -> str:
        """Return how other messages refer to this one: sender, identifier and moment."""
        return f"{self.sender},{self.identifier},{self.sent.isoformat(timespec='seconds')}"


@cache
def schema() -> etree.XMLSchema:
    """Return the schema of CAP 1.2."""
    source = files("linli.alarms.cap").joinpath("cap-1.2.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(source))


def read(data: bytes) -> Message:
    """Return what a message says; raises :class:`NotCap`."""
    return _message(valid(data))


def valid(data: bytes) -> Any:
    """Return the root of a message that follows the schema; raises :class:`NotCap`."""
    if len(data) > MOST_BYTES:
        raise NotCap(f"larger than {MOST_BYTES // 1024} KB")
    data = _in_utf8(data)
    try:
        # Refuses a document type and with it every entity, before anything is expanded.
        fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise NotCap("a document type or an entity in it") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise NotCap("no XML") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotCap("no XML") from error
    judge = schema()
    if not judge.validate(root):
        last = judge.error_log.last_error
        raise NotCap(str(last.message if last is not None else "not CAP 1.2")[:200])
    return root


def _in_utf8(data: bytes) -> bytes:
    declared = _DECLARED.match(data)
    if declared is None or declared[1].decode("ascii").lower() not in _CHINESE:
        return data
    try:
        return data[declared.end() :].decode("gb18030").encode()
    except UnicodeDecodeError as error:
        raise NotCap("not in the encoding it declares") from error


def _message(root: Any) -> Message:
    info = _block(root)
    areas = _all(info, "area") if info is not None else []
    return Message(
        identifier=_text(root, "identifier"), sender=_text(root, "sender"),
        sent=datetime.fromisoformat(_text(root, "sent")), status=_text(root, "status"),
        type=_text(root, "msgType"), references=tuple(_text(root, "references").split()),
        event=_text(info, "event"), headline=_text(info, "headline"),
        description=_text(info, "description"), instruction=_text(info, "instruction"),
        expires=datetime.fromisoformat(found) if (found := _text(info, "expires")) else None,
        place="、".join(_text(area, "areaDesc") for area in areas),
        codes=tuple(
            code for area in areas for pair in _all(area, "geocode")
            if (code := _text(pair, "value")).isascii() and code.isdecimal()
        ),
        points=tuple(
            point for area in areas for shape in [*_all(area, "polygon"), *_all(area, "circle")]
            if (point := _first_point(shape.text or "")) is not None
        ),
    )  # fmt: skip


def _block(root: Any) -> Any:
    blocks = _all(root, "info")
    chinese = [one for one in blocks if _text(one, "language").lower().startswith("zh")]
    return next(iter([*chinese, *blocks]), None)


def _all(element: Any, name: str) -> Sequence[Any]:
    found: Sequence[Any] = element.findall(f"{{{NAMESPACE}}}{name}")
    return found


def _text(element: Any, name: str) -> str:
    if element is None:
        return ""
    return (element.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()


def _first_point(shape: str) -> tuple[float, float] | None:
    """Return the first point of ``latitude,longitude …`` as longitude and latitude."""
    latitude, _comma, rest = (shape.split() or [""])[0].partition(",")
    try:
        point = float(rest), float(latitude)
    except ValueError:
        return None
    return point if abs(point[0]) <= 180 and abs(point[1]) <= 90 else None
