"""The clocks that act within a second: one line each. The worker keeps them in a thread."""

from collections.abc import Sequence

from linli.kernel.clock import Clock


def clocks() -> Sequence[Clock]:
    """Return them; after Django's set-up, since they read rows."""
    from linli.alarms.actions import climb
    from linli.dispatch.actions import fire

    return [
        Clock("alarms", climb.climb_due, climb.NEXT_DUE),
        Clock("dispatch", fire.fire_due, fire.NEXT_DUE),
    ]
