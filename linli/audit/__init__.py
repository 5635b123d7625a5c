"""Append-only, hash-chained entries of everything that was done."""
