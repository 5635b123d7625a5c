"""Citations: found as they are typed, judged for the day."""

from datetime import date

import pytest

from linli.legal.citations import check
from linli.legal.marks import marked

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def verdicts(text: str, on: date = TODAY) -> list[tuple[str, str]]:
    return [(found.citation.key, found.verdict.value) for found in check(text, on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《民法典》第六百七十五条第一款", [("675", "valid")]),
        ("民法典675条和676条", [("675", "valid"), ("676", "valid")]),
        ("《劳动合同法》第12、13条", [("12", "valid"), ("13", "valid")]),
        ("《民法典》第1040条至第1042条", [("1040", "valid"), ("1041", "valid"), ("1042", "valid")]),
        ("《刑法》第一百二十条之一", [("120-1", "valid")]),
        ("《民法典》第九千条", [("9000", "wrong")]),
        ("《民法典》第一千二百五十四条第五款", [("1254", "wrong")]),
        ("《物业管理条例》第三十五条", [("35", "not_in_library")]),
        ("《合同法》第六十条", [("60", "not_in_force")]),
        ("《民法典》第六百八十条第二款，前款", [("680", "valid"), ("680", "valid")]),
        ("《民法典》第675条、合同法第206条", [("675", "valid"), ("206", "not_in_force")]),
        ("按《民法典》第675条退还合同款，合同条款另行约定", [("675", "valid")]),
        (
            "《民法典》第675条、同法第676条和同条第一款",
            [("675", "valid"), ("676", "valid"), ("676", "valid")],
        ),
        ("签了《房屋租赁合同》，根据该法第三条", []),
    ],
)
def test_citations_are_found_and_judged(text: str, expected: list[tuple[str, str]]) -> None:
    assert verdicts(text) == expected


def test_the_day_decides() -> None:
    assert verdicts("《民法典》第675条", date(2020, 6, 1)) == [("675", "not_in_force")]
    assert verdicts("《民法典》第675条", date(2021, 1, 1)) == [("675", "valid")]
    assert verdicts("《合同法》第60条", date(2015, 1, 1)) == [("60", "not_in_library")]
    assert verdicts("《噪声污染防治法》第2条", date(2026, 8, 14)) == [("2", "valid")]
    assert verdicts("《噪声污染防治法》第2条", date(2026, 8, 15)) == [("2", "not_in_force")]


def test_marks_are_links_and_everything_else_is_escaped() -> None:
    shown = marked("<b>按《民法典》第675条</b>", TODAY)
    assert 'class="cite cite-blue" href="/statutes/laws/' in shown
    assert "<b>" not in shown
