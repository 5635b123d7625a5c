"""Where cameras may not stand, what must be filed again, the states of a look, and of a work order.

Plain data. The places are those of the Regulations on Public Security Video Image Information
Systems (State Council Decree 799, in force since April 2025), which also ask for the filing with the
county's police within 30 days, for signs, and for 30 days of storage.
"""

# Inside these nobody may put a camera, whatever it is for.
FORBIDDEN_PLACES = (
    "guest_room",
    "private_room",
    "dormitory_room",
    "rest_room",
    "bath",
    "toilet",
    "changing_room",
    "nursing_room",
)
ALLOWED_PLACES = (
    "road",
    "square",
    "station",
    "school_gate",
    "hospital_hall",
    "market",
    "hotel_lobby",
    "residential",
    "park",
    "site",
    "plant",
    "government",
    "vehicle",
    "other",
)
CLASSES = ("first", "second", "third")
# Whoever builds or manages files with the county's police within this many days.
FILING_DAYS = 30
LEAST_STORAGE_DAYS = 30
# An agreement's end is told this many days ahead.
WARNING_DAYS = 30
# What the police were told: a change of any of these is filed again.
FILED_FACTS = (
    "latitude",
    "longitude",
    "height",
    "heading",
    "angle",
    "reach",
    "managing_id",
    "purpose",
    "storage_days",
)

UNKNOWN, OK = "unknown", "ok"
NETWORK, AUTHENTICATION, STREAM = "network", "authentication", "stream"
BLACK, FROZEN, BLURRED, CLOCK = "black", "frozen", "blurred", "clock"
# No picture of use comes: these count against availability. The others are faults to be mended.
OUTAGES = (NETWORK, AUTHENTICATION, STREAM, BLACK, FROZEN)
FAULTS = (BLURRED, CLOCK)
BAD = OUTAGES + FAULTS
STATES = (UNKNOWN, OK, *BAD)

# A work order is open, said to be done, or closed by the next good look; taken back when nothing
# is wrong to be mended (the camera was retired, or the fault went away by itself).
OPEN, DONE, CLOSED = "open", "done", "closed"
ORDER_STATES = (OPEN, DONE, CLOSED)

PROTOCOLS = ("rtsp", "hls", "onvif", "gb28181")
