"""Brings in what others have: spreadsheets, a mailbox, a folder, a webhook."""
