"""Imported inside an installation: prints what the clocks did, as JSON."""

import json
from collections import Counter

from django.utils import timezone

from linli.cases.models import Case, Clock, Event

STEPS = ("remind", "supervise", "alert")
fired = Event.objects.filter(verb__in=STEPS).values_list("case", "verb", "facts__clock")
times = Counter(fired)
print(
    json.dumps(
        {
            "due": Clock.objects.filter(fires_at__lte=timezone.now()).count(),
            "steps": sum(Clock.objects.values_list("step", flat=True)),
            "events": sum(times.values()),
            "twice": sum(1 for count in times.values() if count > 1),
            "reminders": sum(Case.objects.values_list("reminders", flat=True)),
            "reminded": sum(
                count for (_case, verb, _clock), count in times.items() if verb == "remind"
            ),
        }
    )
)
