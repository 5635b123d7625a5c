"""Roads: a map from an OpenStreetMap extract, places on it, and how long it takes to get there."""
