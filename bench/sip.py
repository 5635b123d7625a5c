"""511 devices, as many as the city has cameras: registered, alive, and their catalogues kept.

``python -m bench.sip [DEVICES]``; needs sipp (Debian: sip-tester). Prints one JSON object.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from linli.cameras.sip.listen import Listener
from linli.cameras.tests.sip_peers import PASSWORD, PLATFORM, Remembered, device_numbers, sipp

DEVICES, RATE = 511, 100


async def measure(count: int, folder: Path) -> dict[str, float]:
    """Play so many devices against a listener; return what came of it."""
    numbers = device_numbers(count)
    directory = Remembered(dict.fromkeys(numbers, PASSWORD))
    listener = Listener(PLATFORM, directory)
    await listener.open("127.0.0.1", 0)
    began, worked = time.monotonic(), time.process_time()
    peers = sipp(listener.port, numbers, folder, rate=RATE)
    while peers.poll() is None:
        await asyncio.sleep(0.02)
    took = time.monotonic() - began
    await listener.close()
    return {
        "sip_devices": count,
        "sip_registered": len(directory.expiries),
        "sip_alive": len(directory.beats),
        "sip_catalogues": sum(len(one) == 2 for one in directory.catalogues.values()),
        "sip_failures": listener.engine.refused + (peers.returncode != 0),
        "sip_seconds": round(took, 1),
        "sip_milliseconds_a_device": round((time.process_time() - worked) / count * 1000, 2),
    }


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if sys.argv[1:] else DEVICES
    with TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(measure(count, Path(folder)))))


if __name__ == "__main__":
    main()
