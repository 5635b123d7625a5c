"""Fold: changes of figures are put away into their roll-up, a batch a transaction."""

from django.db import connection, transaction


def put_away(fold: str, empty: str, batch: int) -> int:
    """Run ``fold`` until nothing is left; return how many changes it took.

    It is given the size of a batch and tells how many it took; ``empty`` then drops the sums that
    came to nothing. May run twice at once, may be killed anywhere, may find nothing.
    """
    total: int = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(fold, [batch])
            taken = int(cursor.fetchone()[0])
        total += taken
        if taken < batch:
            break
    with connection.cursor() as cursor:
        cursor.execute(empty)
    return total
