"""Measurements. ``python -m bench`` (or ``make bench``) prints every figure as one JSON object."""
