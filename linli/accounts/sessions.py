"""Sessions in the database that end twice: so long after sign-in, and so long after the last use.

Both moments lie in the session itself, so that no request pays for a look-up; the moment of last
use is written again at most once a minute.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db

BEGAN = "linli_began"
USED = "linli_used"
# How stale the moment of last use may be, in seconds.
PRECISION = 60


class SessionStore(db.SessionStore):
    """Django's, with an end that using the session can't push away, and an idle one."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; one whose time is over is as good as unknown."""
        held = super().load()
        if not held:
            return held
        now = time.time()
        idle = settings.LINLI_SESSION_IDLE.total_seconds()
        if (
            now - held.get(BEGAN, now) > settings.SESSION_COOKIE_AGE
            or now - held.get(USED, now) > idle
        ):
            self._session_key = None
            return {}
        if now - held.get(USED, 0) > PRECISION:
            self.modified = True
        return held

    def save(self, must_create: bool = False) -> None:
        """Save, with the moments at which it began and was used."""
        now = int(time.time())
        held = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        held.setdefault(BEGAN, now)
        held[USED] = now
        super().save(must_create)

    def cycle_key(self) -> None:
        """Begin anew under another key: what Django does when somebody signs in."""
        self.pop(BEGAN, None)
        super().cycle_key()
