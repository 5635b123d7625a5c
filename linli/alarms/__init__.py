"""Alarms: what devices and callers report, kept until a person resets it; public warnings (CAP)."""
