"""Reads of the roads: travel times, routes, places."""
