"""Dispatch: incidents, units, who is sent and why, plans, experts and supplies, the board."""
