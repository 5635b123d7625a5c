"""How long the worker takes over clocks that all come due at one moment, beside 100,000 open cases.

The office closes for all at the same time, so deadlines end together; the goal is a minute.
"""

import json
import time

from bench.instance import Instance, command

AMOUNT = 5_000

_SET = (
    "from django.utils import timezone; from linli.cases.models import Clock; now = timezone.now();"
    "keys = list(Clock.objects.filter(fires_at__gt=now).values_list('pk', flat=True)[:{amount}]);"
    "Clock.objects.filter(pk__in=keys).update(fires_at=now); print(len(keys))"
)
_LEFT = (
    "from django.utils import timezone; from linli.cases.models import Clock;"
    "print(Clock.objects.filter(fires_at__lte=timezone.now()).count())"
)


def _ask(instance: Instance, statement: str) -> int:
    said = command(instance.home, "manage", "shell", "-v", "0", "-c", statement)
    return int(json.loads(said.splitlines()[-1]))


def measured(instance: Instance, amount: int = AMOUNT) -> dict[str, float]:
    """Let ``amount`` clocks come due now; return the seconds until the running worker is done."""
    cpu = instance.cpu_seconds()
    count = _ask(instance, _SET.format(amount=amount))
    began = time.perf_counter()
    while _ask(instance, _LEFT):
        time.sleep(0.5)
    seconds = time.perf_counter() - began
    used = instance.cpu_seconds() - cpu
    return {
        "clocks": count,
        "seconds": round(seconds, 1),
        "cpu_ms_each": round(1000 * used / count, 2) if count else 0.0,
    }
