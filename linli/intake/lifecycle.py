"""States of an import, as plain data."""

UPLOADED = "uploaded"
READY = "ready"
WAITING = "waiting"
RUNNING = "running"
DONE = "done"
STOPPED = "stopped"

STATES = (UPLOADED, READY, WAITING, RUNNING, DONE, STOPPED)
# Its file is still needed.
OPEN = frozenset({UPLOADED, READY, WAITING, RUNNING})
# The worker owes it something.
UNDER_WAY = frozenset({UPLOADED, WAITING, RUNNING})
# A person can still look at it, correct the mapping, and start it.
EDITABLE = frozenset({READY})
