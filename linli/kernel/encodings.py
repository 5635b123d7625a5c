"""Text as other systems write it."""

import codecs


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8 or UTF-16 (with BOM), UTF-8, or GB18030.

    Raises UnicodeDecodeError where it is none of them.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")
