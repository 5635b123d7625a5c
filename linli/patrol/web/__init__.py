"""Pages of patrols."""
