"""What can be done to areas and to the units in them, one verb a file."""
