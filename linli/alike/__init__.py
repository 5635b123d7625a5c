"""Matters like this one: the same matter again, patterns of a place, and how it was solved before."""
