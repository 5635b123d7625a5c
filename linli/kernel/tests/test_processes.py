"""Work in processes of their own."""

import pytest

from linli.kernel.processes import in_processes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("processes", [1, 2])
def test_every_part_is_answered(processes: int) -> None:
    assert sorted(in_processes("operator.neg", [1, 2, 3], processes)) == [-3, -2, -1]
    assert list(in_processes("operator.neg", [], processes)) == []


def test_a_process_that_fails_is_noticed(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match="ended before"):
        list(in_processes("operator.neg", [1, "x", 3], 2))
    assert "TypeError" in capfd.readouterr().err


def test_an_iteration_that_is_given_up_leaves_nobody_behind() -> None:
    answers = in_processes("operator.neg", [1, *[10] * 100_000], 2)
    assert next(answers) in (-1, -10)
    answers.close()
