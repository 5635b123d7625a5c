"""Pack: several messages for one receiver become one."""

from collections.abc import Sequence
from typing import Any

from linli.kernel.crypto import unseal
from linli.notices.addresses import address_of
from linli.notices.channels.parcel import Parcel
from linli.notices.models import Message
from linli.notices.queries.setup import texts_of
from linli.notices.texts import filled


def opened(message: Message) -> dict[str, Any]:
    """Return ``to``, ``subject`` and ``body``; nothing where the content was let go."""
    if not message.sealed:
        return {}
    content: dict[str, Any] = unseal(message.sealed, message.pk.bytes)
    return content


def pack(messages: Sequence[Message]) -> Parcel:
    """Return one parcel of one receiver's messages."""
    first = messages[0]
    contents = [opened(message) for message in messages]
    urgent = any(message.urgent for message in messages)
    subject, body = contents[0]["subject"], contents[0]["body"]
    if len(messages) > 1:
        subject, body = _digest(first, contents)
    # One message keeps its own reference over all tries; a digest has its parcel's.
    reference = first.pk if len(messages) == 1 else first.parcel
    return Parcel(contents[-1]["to"], subject, body, str(reference), urgent)


def _digest(first: Message, contents: Sequence[dict[str, Any]]) -> tuple[str, str]:
    subject, body = texts_of(["digest"])["digest", first.channel, first.language]
    lines = [content["subject"] for content in contents]
    if first.channel != "mail":
        # A short message has no subject: what it says in full is one line.
        lines = [content["body"] for content in contents]
    words = {
        "count": len(contents),
        "lines": "\n".join(f"· {line}" for line in lines),
        "link": address_of("", ""),
    }
    return filled(subject, words, first.language), filled(body, words, first.language)
