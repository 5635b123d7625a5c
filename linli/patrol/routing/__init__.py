"""Routes for patrols, without Django: the capacitated arc routing problem."""
