"""Reads of the residents' door: by receipt, by the staff, and by everybody."""
