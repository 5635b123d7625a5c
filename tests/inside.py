"""Runs scripts inside an instance: Django starts once for all of them.

Reads one script a line, as JSON; answers each with a line of JSON: what went wrong, or an empty text.
"""

import json
import sys
import traceback

import django

django.setup()

from django.db import connections  # noqa: E402 - models are there after the set-up only


def main() -> None:
    """Run what comes until there is no more."""
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        wrong = ""
        try:
            exec(compile(json.loads(line), "<script>", "exec"), {"__name__": "script"})  # noqa: S102
        except Exception:
            wrong = traceback.format_exc()
        connections.close_all()
        print(json.dumps(wrong), file=answers, flush=True)


if __name__ == "__main__":
    main()
