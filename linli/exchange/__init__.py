"""What other systems take from Linli: signed webhooks and calendars of deadlines."""
