"""The process that packs and records video: ``python -m linli.cameras.media.run``."""

import asyncio
import os
import signal
from pathlib import Path

import django


def main() -> None:
    """Keep until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    django.setup()
    asyncio.run(_keep())


async def _keep() -> None:
    from linli.cameras.media.keeper import Job, Keeper
    from linli.cameras.media.packager import Packager, live_words, recording_words
    from linli.cameras.media.sources import input_of, recording_of
    from linli.cameras.media.wanted import Wanted

    def opened(wish: Wanted, folder: Path) -> Job:
        if wish.kind == "playback" and wish.span is not None:
            words = live_words(recording_of(wish.source, wish.span), folder, endless=False)
            return Packager(words, folder, ends=True)
        source = input_of(wish.source)
        if wish.kind == "recorded":
            words = recording_words(source, folder)
            return Packager(words, folder, hidden=source.hidden, keep=True)
        return Packager(live_words(source, folder), folder, hidden=source.hidden)

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await Keeper(("rtsp", "hls"), opened).run(stop)


if __name__ == "__main__":
    main()
