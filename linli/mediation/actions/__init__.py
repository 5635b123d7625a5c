"""One file a verb. Each runs in one transaction: scope and lock → permit → move → save → record."""
