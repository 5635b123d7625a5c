"""The division tree, centres and grids."""
