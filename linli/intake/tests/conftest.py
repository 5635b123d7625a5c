"""The desk of cases' tests, for imports."""

from linli.cases.tests.conftest import desk, tuesday

__all__ = ["desk", "tuesday"]
