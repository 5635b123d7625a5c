"""The papers of the file: forms, Word, and the pages as PDF. Knows nothing of rows, people or scope."""
