"""One matter, one file: the life of a case."""
