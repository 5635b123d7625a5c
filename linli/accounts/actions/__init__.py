"""One file a verb: what can be done to people, roles, leaves and tokens."""
