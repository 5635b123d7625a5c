"""What an import makes of an extract: the network, the base map, the tiles for routes, places."""
