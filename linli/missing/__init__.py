"""Missing: the search for a person reported missing, planned on real roads, by people's eyes."""
