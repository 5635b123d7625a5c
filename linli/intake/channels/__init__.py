"""What channels speak: mail, files in a folder, JSON. Knows nothing of rows or people."""
