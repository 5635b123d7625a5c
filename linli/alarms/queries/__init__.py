"""Reads; they never write."""
