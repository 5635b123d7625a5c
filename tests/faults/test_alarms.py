"""No alarm is lost and none counts twice, whatever is killed while they come.

``ALARMS=20000`` sends as many as the promise says; the suite sends two thousand.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg
import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from linli.alarms.proof import Message, sign
from linli.site.postgres import Layout
from tests.instance import Instance

pytestmark = pytest.mark.fault

ALARMS = int(os.environ.get("ALARMS") or 2000)
KINDS = ("one_key", "help", "violence", "fire", "medical", "accident", "gas", "water", "sensor",
         "intrusion")  # fmt: skip
SECRET = "a-secret-of-the-test-in-32-chars"
SENDERS = 6


def prepared(linli: Instance, monkeypatch: pytest.MonkeyPatch, alarms: int) -> None:
    monkeypatch.setenv("DEVICES", str(alarms // len(KINDS)))
    linli.linli("manage", "shell", "-v", "0", "-c", "import tests.faults.devices")


def signed(number: int, method: str, path: str) -> Message:
    """Return the alarm of this number: each is of another device or another kind."""
    device, kind = divmod(number, len(KINDS))
    serial = f"T-{device:05d}"
    made = Message(
        word="alarm", serial=serial, method=method, path=path.format(serial=serial),
        time=str(int(time.time())), number=f"alarm-{number:06d}", signature="",
        body=json.dumps({"kind": KINDS[kind]}).encode(), source="",
    )  # fmt: skip
    return replace(made, signature=sign(SECRET, made))


def send_until_taken(port: int, message: Message) -> None:
    """Do what a device does: send the same message until the answer is 200."""
    headers = {
        "Linli-Time": message.time, "Linli-Number": message.number,
        "Linli-Signature": message.signature,
    }  # fmt: skip
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        with suppress(OSError, http.client.HTTPException):
            connection.request("POST", message.path, message.body, headers)
            if connection.getresponse().status == 200:
                return
        time.sleep(0.05)


def counted(linli: Instance) -> tuple[int, int, int, int]:
    """Return alarms, different devices and kinds, signals, and the last number given."""
    with psycopg.connect(Layout(linli.home).url()) as connection:
        asked = connection.execute(
            "SELECT count(*), count(DISTINCT (device_id, kind)), coalesce(sum(count), 0),"
            " coalesce(max(sequence), 0) FROM alarms_alarm"
        )
        ((alarms, different, signals, last),) = asked.fetchall()
    return int(alarms), int(different), int(signals), int(last)


def kill(linli: Instance, words: str) -> None:
    """End the deepest process of these words without warning: of a server, the one that serves."""
    found = [one for one in linli.named(words) if one.is_running()]
    if found:
        with suppress(psutil.Error):
            found[-1].kill()


def trouble(linli: Instance, sent: Callable[[], int], alarms: int) -> None:
    """Kill a web process, the worker, and the database, each at its share of the way."""
    steps: list[Callable[[], object]] = [
        lambda: kill(linli, "granian"),
        lambda: kill(linli, "linli.site.worker"),
        lambda: [one.send_signal(signal.SIGQUIT) for one in linli.named("bin/postgres -D")],
        lambda: kill(linli, "granian"),
    ]
    for place, step in enumerate(steps, 1):
        share = alarms * place // (len(steps) + 1)
        linli.wait_for(lambda share=share: sent() >= share, f"{share} alarms to be taken", 600)
        step()


def test_over_http_none_is_lost_and_none_counts_twice(
    linli: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(linli, monkeypatch, ALARMS)
    linli.start()
    taken: list[int] = []

    def device(first: int) -> None:
        for number in range(first, ALARMS, SENDERS):
            send_until_taken(linli.port, signed(number, "POST", "/devices/v1/{serial}/alarm"))
            taken.append(number)

    threads = [threading.Thread(target=device, args=(first,)) for first in range(SENDERS)]
    for thread in threads:
        thread.start()
    trouble(linli, lambda: len(taken), ALARMS)
    for thread in threads:
        thread.join()
    # Each signal once, numbers without a gap.
    assert counted(linli) == (ALARMS, ALARMS, ALARMS, ALARMS)


@contextmanager
def broker(directory: Path, port: int) -> Iterator[Callable[[], None]]:
    """Run a real broker that keeps what it took; give a function that starts it anew."""
    settings = directory / "mosquitto.conf"
    settings.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence true\nuser root\n"
        f"persistence_location {directory}/\nmax_queued_messages 0\n"
    )
    running: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        for one in running:
            one.terminate()
            one.wait(10)
        running[:] = [
            subprocess.Popen(["mosquitto", "-c", str(settings)], stderr=subprocess.DEVNULL)
        ]

    start()
    try:
        yield start
    finally:
        for one in running:
            one.kill()
            one.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_over_mqtt_none_is_lost_and_none_counts_twice(
    linli: Instance, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    alarms, port = max(200, ALARMS // 4), free_port()
    prepared(linli, monkeypatch, alarms)
    monkeypatch.setenv("LINLI_MQTT_URL", f"mqtt://127.0.0.1:{port}")
    with broker(tmp_path, port) as restart:
        linli.start()
        linli.wait_for(lambda: linli.named("linli.alarms.listen"), "the listener")
        device = Client(CallbackAPIVersion.VERSION2, "buttons", clean_session=False)
        device.reconnect_delay_set(1, 1)
        device.max_queued_messages_set(0)
        device.connect_async("127.0.0.1", port)
        device.loop_start()
        # A forged one among them is refused, acknowledged, and holds nothing up.
        forged = replace(signed(0, "MQTT", "linli/{serial}/alarm"), signature="0" * 64)
        publish(device, forged)
        for number in range(alarms):
            publish(device, signed(number, "MQTT", "linli/{serial}/alarm"))
            if number == alarms // 4:
                linli.wait_for(lambda: counted(linli)[0] > 0, "the first alarm")
                kill(linli, "linli.alarms.listen")
            if number == alarms // 2:
                restart()
            if number == alarms * 3 // 4:
                (database,) = linli.named("bin/postgres -D")
                database.send_signal(signal.SIGQUIT)
        linli.wait_for(lambda: _arrived(linli, alarms), "all alarms", 240)
        device.loop_stop()
        device.disconnect()
    assert counted(linli) == (alarms, alarms, alarms, alarms)
    with psycopg.connect(Layout(linli.home).url()) as connection:
        refused = connection.execute("SELECT reason, count FROM alarms_refused").fetchall()
    assert [reason for reason, _count in refused] == ["forged"]


def publish(device: Client, message: Message) -> None:
    """Hand a message to the client: without a broker it waits there."""
    head = f"{message.time} {message.number} {message.signature}\n".encode()
    device.publish(message.path, head + message.body, qos=1)


def _arrived(linli: Instance, alarms: int) -> bool:
    with suppress(psycopg.Error):
        return counted(linli)[0] >= alarms
    return False
