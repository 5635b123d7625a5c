"""A caller's number, opened for those who answer the alarm."""

from linli.alarms.models import Alarm
from linli.kernel.crypto import unseal


def phone_of(alarm: Alarm) -> str:
    """Return the number a caller left, or an empty text."""
    if alarm.sealed is None:
        return ""
    return str(unseal(alarm.sealed, alarm.id.bytes).get("phone", ""))
