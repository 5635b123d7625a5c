"""The residents' door: report, follow, answer, rate; and Open311 for other clients."""
