"""Which topics hear of an event, and whose past a listener reads."""

from linli.notices.stream.topics import heard_by, nested


def test_an_area_hears_what_happens_below_it_and_nothing_beside_it() -> None:
    names = heard_by("alarms:620302003002")
    assert {"alarms:6203", "alarms:620302", "alarms:620302003", "alarms:620302003002"} <= set(names)
    assert "alarms:620321" not in names
    assert "alarms:" not in names


def test_other_topics_hear_only_themselves() -> None:
    assert heard_by("person:620302") == ["person:620302"]
    assert heard_by("unknown:620302") == ["unknown:620302"]


def test_only_named_areas_are_read_with_all_below() -> None:
    assert nested(["alarms:6203", "alarms:", "person:1", "unknown:1"]) == ["alarms:6203"]
