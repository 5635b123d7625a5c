"""What a resident does with a receipt, and what the staff do for residents; one file a verb."""
