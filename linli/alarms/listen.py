"""The process that hears devices over MQTT: ``python -m linli.alarms.listen``.

A message is acknowledged to the broker once what it says is committed, one after another: whatever
dies in between, the broker gives it again and its number makes it count once. The session outlives
the process, so the broker keeps what comes meanwhile.
"""

import logging
import os
import signal
import threading
from typing import Any
from urllib.parse import unquote, urlsplit

import django
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

log = logging.getLogger(__name__)

SESSION = "linli"
TOPICS = [(f"linli/+/{word}", 1) for word in ("alarm", "heartbeat", "fault")]
# Seconds between tries while the database is away, and to the next one while the broker is.
PAUSE, LONGEST_PAUSE = 0.5, 10


def main() -> None:
    """Listen until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    django.setup()
    from django.conf import settings

    stop = threading.Event()
    client = listener(settings.LINLI_MQTT_URL, settings.LINLI_MQTT_CA, stop)

    def end(*_given: Any) -> None:
        stop.set()
        client.disconnect()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    client.loop_forever(retry_first_connection=True)


def listener(url: str, authority: str, stop: threading.Event) -> Client:
    """Return a client of the broker at ``url`` (``mqtt://`` or ``mqtts://user:password@host:port``).

    ``authority`` names the file of a private certificate authority; empty: the system's.
    """
    parts = urlsplit(url)
    safe = parts.scheme == "mqtts"
    client = Client(
        CallbackAPIVersion.VERSION2, SESSION, clean_session=False,
        protocol=MQTTProtocolVersion.MQTTv311, manual_ack=True, userdata=stop,
    )  # fmt: skip
    if parts.username:
        client.username_pw_set(unquote(parts.username), unquote(parts.password or ""))
    if safe:
        client.tls_set(authority or None)
    client.reconnect_delay_set(1, LONGEST_PAUSE)
    client.on_connect = _connected
    client.on_disconnect = _disconnected
    client.on_message = _heard
    client.connect_async(parts.hostname or "", parts.port or (8883 if safe else 1883))
    return client


def _connected(
    client: Client, stop: Any, flags: ConnectFlags, reason: ReasonCode, more: Properties | None
) -> None:
    if reason.is_failure:
        log.warning("the broker refused the connection: %s", reason)
        return
    client.subscribe(TOPICS)


def _disconnected(
    client: Client, stop: threading.Event, flags: DisconnectFlags, reason: ReasonCode,
    more: Properties | None,
) -> None:  # fmt: skip
    if not stop.is_set():
        log.warning("the broker is away: %s", reason)


def _heard(client: Client, stop: threading.Event, message: MQTTMessage) -> None:
    if take(message.topic, bytes(message.payload), stop):
        client.ack(message.mid, message.qos)


def take(topic: str, payload: bytes, stop: threading.Event) -> bool:
    """Take one message, however long the database is away; say whether it is done with.

    Not done with only where the process ends meanwhile: then the broker gives it again.
    """
    from linli.alarms.actions.hear import hear
    from linli.alarms.actions.refuse import count_refused
    from linli.alarms.choices import Refusal
    from linli.alarms.proof import from_mqtt

    message = from_mqtt(topic, payload)
    while not stop.is_set():
        try:
            hear(message, at=timezone.now())
        except (OperationalError, InterfaceError) as error:
            log.warning("a device's message waits for the database: %s", type(error).__name__)
            connection.close()
            stop.wait(PAUSE)
            continue
        except Exception:
            # No second try helps: what stands behind it must not wait.
            log.exception("a device's message can't be kept")
            count_refused(Refusal.MALFORMED, message.serial, at=timezone.now())
        return True
    return False


if __name__ == "__main__":
    main()
