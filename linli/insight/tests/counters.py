"""What must be true of the numbers of cases, in the demo city and in a larger one."""

from typing import Any

from django.db import connection

OFF_THE_COUNTERS = """WITH given AS (
  SELECT split_part(number, '-', 1) AS area, split_part(number, '-', 2)::int AS year,
    max(split_part(number, '-', 3)::int) AS last, count(*) AS n
  FROM cases_case GROUP BY 1, 2)
SELECT count(*) FROM given g FULL JOIN cases_counter c USING (area, year)
WHERE g.last IS DISTINCT FROM c.last OR g.n IS DISTINCT FROM c.last"""


def number(statement: str) -> Any:
    """Return the one value a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
