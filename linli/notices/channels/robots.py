"""Robots of chat groups: WeCom 企业微信 and DingTalk 钉钉, by their published webhooks.

Both take ``{"msgtype": "text", "text": {"content": …}}`` and answer ``{"errcode": 0, …}``; each
lets a robot speak twenty times a minute.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Collection
from urllib.parse import quote_plus

from linli.notices.channels.http import post
from linli.notices.channels.parcel import Access, Parcel, Rejected, Unreachable

# WeCom takes 2,048 bytes of text; DingTalk 20,000 of the whole.
_WECOM_BYTES = 2048
_DINGTALK_BYTES = 15_000
# Too many at once: 45009 (WeCom), 130101 and 130102 (DingTalk).
_TOO_MANY = frozenset({45009, 130101, 130102})
_BUSY = frozenset({-1})


def send_wecom(access: Access, parcel: Parcel) -> None:
    """Speak in a WeCom group. ``secret``: ``url``, the webhook's whole address with its key."""
    _say(access.secret["url"], parcel.body, _WECOM_BYTES)


def send_dingtalk(access: Access, parcel: Parcel) -> None:
    """Speak in a DingTalk group. ``secret``: ``url``, and ``signing`` where the robot asks for it."""
    url = access.secret["url"]
    if signing := access.secret.get("signing", ""):
        moment = round(time.time() * 1000)
        joint = "&" if "?" in url else "?"
        url = f"{url}{joint}timestamp={moment}&sign={signature(moment, signing)}"
    _say(url, parcel.body, _DINGTALK_BYTES)


def signature(moment: int, signing: str) -> str:
    """Return DingTalk's signature of a moment (ms): HMAC-SHA256, base64, escaped for an address."""
    message = f"{moment}\n{signing}".encode()
    digest = hmac.new(signing.encode(), message, hashlib.sha256).digest()
    return quote_plus(base64.b64encode(digest))


def cut(text: str, most: int) -> str:
    """Return the text in at most ``most`` bytes of UTF-8, no character broken."""
    raw = text.encode()
    if len(raw) <= most:
        return text
    return raw[: most - 3].decode(errors="ignore") + "…"


def _say(url: str, text: str, most: int) -> None:
    body = {"msgtype": "text", "text": {"content": cut(text, most)}}
    headers = {"Content-Type": "application/json; charset=utf-8"}
    answer = post(url, json.dumps(body, ensure_ascii=False).encode(), headers)
    code = _code(answer)
    if _in(code, _TOO_MANY) or _in(code, _BUSY):
        raise Unreachable(f"the robot asked to wait ({code})")
    if code != 0:
        raise Rejected(f"the robot refused it ({code})")


def _code(answer: str) -> object:
    try:
        told = json.loads(answer)
    except ValueError:
        return "no JSON"
    return told.get("errcode") if isinstance(told, dict) else "no object"


def _in(code: object, codes: Collection[int]) -> bool:
    return isinstance(code, int) and code in codes
