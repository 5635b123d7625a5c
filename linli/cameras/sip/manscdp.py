"""MANSCDP: the XML that devices and platforms exchange in MESSAGE bodies."""

import re
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from linli.cameras.sip.message import ProtocolError

CONTENT_TYPE = "Application/MANSCDP+xml"
MOST_ITEMS = 1000
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_-]{1,20})["'][^>]{0,100}\?>"""
)
# GB 18030 reads all that GB 2312 and GBK wrote.
_ENCODINGS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
DEVICE_ID = re.compile(r"\d{20}\Z")

type Kind = Literal["Query", "Response", "Notify", "Control"]


@dataclass(frozen=True, slots=True)
class Channel:
    """One row of a catalogue: a camera of a device, or a folder of cameras. Degrees are WGS-84 or
    what the device was told; None where it says nothing."""

    id: str
    name: str
    manufacturer: str = ""
    model: str = ""
    civil_code: str = ""
    address: str = ""
    parent: str = ""
    is_folder: bool = False
    on: bool = False
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A MANSCDP body: ``kind`` of document, its command, sequence number, and the device meant."""

    kind: str
    command: str
    sn: str
    device: str
    fields: dict[str, str]
    total: int = 0
    channels: tuple[Channel, ...] = ()


def read(body: bytes) -> Command:
    """Read a body in GB 2312, GBK, GB 18030 or UTF-8; raises :class:`ProtocolError` on anything else."""
    root = _tree(body)
    if root.tag not in ("Query", "Response", "Notify", "Control"):
        raise ProtocolError("not MANSCDP")
    fields = {child.tag: (child.text or "").strip()[:500] for child in root if len(child) == 0}
    command, device = fields.get("CmdType", ""), fields.get("DeviceID", "")
    if not re.fullmatch(r"[A-Za-z]{1,40}", command) or not DEVICE_ID.match(device):
        raise ProtocolError("no command or no device")
    total = fields.get("SumNum", "0")
    channels: tuple[Channel, ...] = ()
    if command == "Catalog" and (listed := root.find("DeviceList")) is not None:
        if len(listed) > MOST_ITEMS:
            raise ProtocolError("too many rows")
        channels = tuple(_channel(item) for item in listed if item.tag == "Item")
    return Command(
        kind=root.tag,
        command=command,
        sn=fields.get("SN", "")[:20],
        device=device,
        fields=fields,
        total=int(total) if total.isascii() and total.isdigit() and len(total) <= 6 else 0,
        channels=channels,
    )


def _tree(body: bytes) -> Element:
    found = _DECLARED.search(body[:200])
    told = found[1].decode().lower() if found else "utf-8"
    if told not in _ENCODINGS:
        raise ProtocolError("an encoding nobody reads")
    plain = _DECLARED.sub(b"", body, count=1).strip()
    try:
        text = plain.decode(_ENCODINGS[told])
    except UnicodeDecodeError:
        # Some say UTF-8 and write GBK, others the reverse.
        other = "gb18030" if _ENCODINGS[told] == "utf-8" else "utf-8"
        text = plain.decode(other, "replace")
    try:
        root: Element = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ProtocolError("not XML") from error
    return root


def _channel(item: Element) -> Channel:
    said = {child.tag: (child.text or "").strip() for child in item}
    number = said.get("DeviceID", "")
    if not re.fullmatch(r"\d{2,20}", number):
        raise ProtocolError("a row without a number")
    return Channel(
        id=number,
        name=said.get("Name", "")[:80],
        manufacturer=said.get("Manufacturer", "")[:60],
        model=said.get("Model", "")[:60],
        civil_code=said.get("CivilCode", "")[:20],
        address=said.get("Address", "")[:120],
        parent=said.get("ParentID", "")[:60],
        # Types 131 and 132 of the number are cameras; 215 and 216 folders; short numbers areas.
        is_folder=len(number) < 20 or number[10:13] not in ("131", "132", "134"),
        on=said.get("Status", "").upper() in ("ON", "OK"),
        longitude=_degrees(said.get("Longitude", ""), 180),
        latitude=_degrees(said.get("Latitude", ""), 90),
    )


def _degrees(text: str, most: float) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 < abs(value) <= most else None


def query(command: str, device: str, sn: int) -> bytes:
    """Return the body that asks a device for ``command`` (Catalog, DeviceStatus, DeviceInfo)."""
    return _written("Query", {"CmdType": command, "SN": str(sn), "DeviceID": device})


def reply(to: Command, fields: dict[str, str]) -> bytes:
    """Return the body that answers a device's query or alarm."""
    return _written(
        "Response", {"CmdType": to.command, "SN": to.sn, "DeviceID": to.device, **fields}
    )


def _written(kind: Kind, fields: dict[str, str]) -> bytes:
    rows = "".join(f"<{name}>{_escaped(value)}</{name}>\r\n" for name, value in fields.items())
    text = f'<?xml version="1.0" encoding="GB2312"?>\r\n<{kind}>\r\n{rows}</{kind}>\r\n'
    return text.encode("gb18030")


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
