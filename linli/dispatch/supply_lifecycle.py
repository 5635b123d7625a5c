"""States of a request for supplies and the moves between them. Plain data, no Django."""

from linli.kernel.moves import Move, Moves, from_states

ASKED = "asked"
COMMITTED = "committed"
OUT = "out"
RETURNED = "returned"
CANCELLED = "cancelled"
STATES = (ASKED, COMMITTED, OUT, RETURNED, CANCELLED)
OPEN = frozenset({ASKED, COMMITTED, OUT})

MOVES = Moves[Move](
    {
        "request": Move(from_states(), ASKED),
        # Stock is set aside: nobody else can have it.
        "commit": Move(from_states(ASKED), COMMITTED),
        # It leaves the store.
        "release": Move(from_states(COMMITTED), OUT),
        # What was not used comes back, the rest is used up.
        "return": Move(from_states(OUT), RETURNED),
        "cancel": Move(from_states(ASKED, COMMITTED), CANCELLED, destructive=True),
    }
)
legal, after, verbs_in = MOVES.legal, MOVES.after, MOVES.verbs_in
