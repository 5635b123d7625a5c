"""The door's pages, the staff's pages for residents, and Open311."""
