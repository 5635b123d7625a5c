"""Cases made up by other rules than the planner's, to see how well it does against simpler ways."""
