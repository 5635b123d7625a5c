"""What is done with notices, a file a verb."""
