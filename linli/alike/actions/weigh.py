"""Weigh: count in how many cases of a sample each character and pair occurs."""

import numpy as np
from django.db import connection
from django.utils import timezone

from linli.alike.grams import forget_rarities, packed, short
from linli.alike.models import Rarity

# The words of a city are known from so many; more say the same. Drawn from all over the table: of
# the newest, a flood of reports of one burst pipe would make its words the commonest of all.
_DRAWN = 20_000
_SAMPLE = """
SELECT title, place, description FROM cases_case TABLESAMPLE SYSTEM (
  least(100, 100.0 * %s / greatest(1, (SELECT reltuples FROM pg_class WHERE oid = 'cases_case'::regclass)))
) REPEATABLE (1) LIMIT %s
"""


def weigh() -> int:
    """Make the rarities anew and return from how many cases."""
    with connection.cursor() as cursor:
        cursor.execute(_SAMPLE, [_DRAWN, _DRAWN])
        texts = [short(*row) for row in cursor.fetchall()]
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
