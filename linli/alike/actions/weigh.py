"""Weigh: count in how many of the newest cases each character and pair occurs."""

import numpy as np
from django.utils import timezone

from linli.alike.grams import forget_rarities, packed, short
from linli.alike.models import Rarity
from linli.cases.models import Case

# The words of a city are known from these; more say the same.
_NEWEST = 20_000


def weigh() -> int:
    """Make the rarities anew and return from how many cases."""
    newest = Case.objects.order_by("-opened_at", "-id")[:_NEWEST]
    texts = [
        short(title, place, description)
        for title, place, description in newest.values_list("title", "place", "description")
    ]
    if not texts:
        return 0
    grams, counts = np.unique(np.concatenate(texts), return_counts=True)
    Rarity.objects.update_or_create(
        pk=1,
        defaults={
            "made_at": timezone.now(),
            "texts": len(texts),
            "grams": packed(grams),
            "counts": packed(counts.astype(np.uint32)),
        },
    )
    forget_rarities()
    return len(texts)
