"""Collect garbage seldom: what is loaded stays, and a test's own objects are few.

A pytest plugin. Looking through all of the application and three thousand collected tests at every
large collection took a seventh of the suite.
"""

import gc

from linli.site.process import settle


def pytest_collection_finish() -> None:
    """Leave what is loaded by now out of collections, and have fewer of them."""
    settle()
    gc.set_threshold(50_000, 20, 20)
