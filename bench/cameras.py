"""How long a sweep of 511 cameras takes: ``python -m bench.cameras [N]``.

On the database of LINLI_HOME (an empty one is enough once it is migrated); everything is rolled back.
The cameras share eight live streams that really run on this machine: films looped by ffmpeg into
playlists, served over HTTP by a process of its own. One camera in fifty has nothing at its address.
Every camera gets a full look with a picture. Prints one JSON object.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import imageio_ffmpeg

CAMERAS, STREAMS, DEAD = 511, 8, 50
FILM = "testsrc2=size=1280x720:rate=15,noise=alls=6:allf=t"


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    import django

    django.setup()
    from linli.site.home import home
    from linli.site.postgres import attached

    number = int(sys.argv[1]) if len(sys.argv) > 1 else CAMERAS
    with (
        attached(home()),
        tempfile.TemporaryDirectory(prefix="linli-cameras-") as directory,
        _streams(Path(directory)) as port,
    ):
        print(json.dumps(_measured(number, port), ensure_ascii=False))


@contextmanager
def _streams(root: Path) -> Iterator[int]:
    """Let the streams run and be served; yields the port."""
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    film = root / "film.ts"
    quiet = [ffmpeg, "-nostdin", "-loglevel", "error"]
    make = ["-f", "lavfi", "-i", FILM, "-t", "12", "-c:v", "libx264", "-preset", "fast", "-g", "30"]
    subprocess.run([*quiet, *make, "-pix_fmt", "yuv420p", str(film)], check=True)
    started = []
    for stream in range(STREAMS):
        place = root / str(stream)
        place.mkdir()
        loop = ["-re", "-stream_loop", "-1", "-i", str(film), "-c", "copy", "-f", "hls"]
        kept = ["-hls_time", "2", "-hls_list_size", "5", "-hls_flags", "delete_segments"]
        started.append(subprocess.Popen([*quiet, *loop, *kept, str(place / "live.m3u8")]))
    port = 18_411
    server = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    started.append(subprocess.Popen([*server, "--directory", str(root)], stderr=subprocess.DEVNULL))
    try:
        time.sleep(8)
        yield port
    finally:
        for process in started:
            process.terminate()
            process.wait()


def _measured(number: int, port: int) -> dict[str, Any]:
    from django.db import transaction
    from django.utils import timezone

    from linli.areas.models import Area, Unit
    from linli.cameras.actions.sweep import sweep
    from linli.cameras.models import Camera, Health, Network, Setting, Source
    from linli.cameras.queries.limits import limits

    found: dict[str, Any] = {"cameras": number, "streams": STREAMS}
    now = timezone.now()
    with transaction.atomic():
        Health.objects.update(due_at=None)
        Network.objects.get_or_create(cidr="127.0.0.0/8", defaults={"reason": "bench", "at": now})
        area, _made = Area.objects.get_or_create(
            code="620399999", defaults={"name": "bench", "level": "township"}
        )
        unit = Unit.objects.create(area=area, kind="department", name="bench")
        cameras = Camera.objects.bulk_create(
            Camera(
                code=f"bench-{one}", name=f"bench {one}", area=area, place_kind="road",
                legal_class="first", owner=unit, managing=unit, of_centre=False, purpose="bench",
                latitude=38.5, longitude=102.2, storage_days=30, installed_on=date(2026, 1, 1),
                filing_due=date(2026, 1, 31),
            )
            for one in range(number)
        )  # fmt: skip
        Source.objects.bulk_create(
            Source(camera=camera, protocol="hls", address=_address(one, port), added_at=now)
            for one, camera in enumerate(cameras)
        )
        Health.objects.bulk_create(
            Health(camera=camera, state="unknown", since=now, due_at=now, picture_due_at=now)
            for camera in cameras
        )
        # On a machine that is too busy the first would be due again before the last was looked at.
        look_every = limits().look_every
        Setting.objects.filter(name__in=["look_every", "look_again"]).update(value=86_400)
        cpu, began = os.times(), time.perf_counter()
        looked = sweep()
        spent = os.times()
        found["looked"] = looked
        found["sweep_seconds"] = round(time.perf_counter() - began, 1)
        found["cpu_seconds"] = round(sum(spent[:4]) - sum(cpu[:4]), 1)
        found["cpu_seconds_of_ffmpeg"] = round(sum(spent[2:4]) - sum(cpu[2:4]), 1)
        states = Health.objects.filter(camera__in=cameras).values_list("state", flat=True)
        found["states"] = {state: list(states).count(state) for state in sorted(set(states))}
        # An outage is found when the camera's next turn comes, at the end of that sweep at the latest.
        found["visible_seconds"] = round(look_every + found["sweep_seconds"])
        transaction.set_rollback(True)
    return found


def _address(one: int, port: int) -> str:
    if one % DEAD == DEAD - 1:
        return "http://127.0.0.1:9/live.m3u8"
    return f"http://127.0.0.1:{port}/{one % STREAMS}/live.m3u8"


if __name__ == "__main__":
    main()
