"""The classifier against the usual linear machine, on texts that are in the repository.

``python -m bench.classify [TRAIN.csv TEST.csv TEXT LABEL]``. No residents' messages are there, so
two stand-ins are made of the statutes' articles: ``branch`` (an article, the branch of law it belongs to)
and ``topic`` (two sentences of laws on one of seven city topics, up to two of any other law mixed
in, unbalanced like a mayor's mailbox). ``titles`` are the demo's own generated titles by category:
circular, it shows only that nothing is broken. Each is split by chance, three times. Prints one
JSON object: macro-F1 of both, seconds of CPU time and of the clock, milliseconds of CPU time for one text.
"""

import json
import lzma
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from linli.insight.demo.grammar import speak
from linli.insight.demo.titles import TITLES
from linli.reading.classifier import train
from linli.reading.quality import judge
from linli.reading.tables import read_labelled

STATUTES = Path(__file__).parents[1] / "linli" / "legal" / "data" / "statutes.json.xz"
SIZES = (2009, 1969, 1589, 1215, 938, 877, 613)
TOPICS = {
    "urban": "城乡规划|房地产|建筑法|土地管理|乡村振兴|人民防空|居民委员会|村民委员会|消防法|测绘|水法",
    "labour": "劳动|就业|社会保险|工会|退役|公务员|残疾人|老年人|社会救助|妇女|职业病",
    "education": "教育|教师|学位|学前|未成年|体育|文化|图书馆|电影|著作|科学技术普及",
    "trade": "旅游|消费者|电子商务|价格|广告|产品质量|反不正当|商标|拍卖|外商|食品|对外贸易|公司法|合伙|计量",
    "environment": "环境|污染|噪声|森林|草原|湿地|水土|野生|防沙|长江|黄河|清洁|节约能源|海岛|国家公园",
    "health": "医|药|疫苗|传染病|献血|卫生|母婴|精神|人口与计划|红十字|动物防疫",
    "transport": "道路交通|公路|铁路|民用航空|港口|航道|船舶|车船|车辆|邮政|海商",
}

type Labelled = list[tuple[str, str]]


def _articles() -> list[tuple[str, str, str]]:
    """Return the articles as law, branch and text."""
    with lzma.open(STATUTES, "rt", encoding="utf-8") as file:
        laws = json.load(file)["laws"]
    return [
        (law["title"], law["department"], article[-1])
        for law in laws
        for article in law["articles"]
    ]


def branches(seed: int) -> Labelled:
    """Return articles with their branch of law."""
    draw = Random(seed)
    by_branch: dict[str, list[str]] = {}
    for _law, branch, text in _articles():
        if len(text) > 12:
            by_branch.setdefault(branch, []).append(text)
    largest = sorted(by_branch, key=lambda branch: -len(by_branch[branch]))
    rows = []
    for branch, size in zip(largest, SIZES, strict=False):
        texts = by_branch[branch]
        rows += [(text, branch) for text in draw.sample(texts, min(size, len(texts)))]
    draw.shuffle(rows)
    return rows


def topics(seed: int) -> Labelled:
    """Return sentences on seven topics, with others mixed in."""
    draw = Random(seed)
    own: dict[str, list[str]] = {topic: [] for topic in TOPICS}
    every: list[str] = []
    for law, _branch, text in _articles():
        sentences = [one for one in re.split(r"[。；\n]", text) if len(one) > 8]
        hits = [topic for topic, names in TOPICS.items() if re.search(names, law)]
        every += sentences
        if len(hits) == 1:
            own[hits[0]] += sentences
    rows = []
    for (topic, sentences), size in zip(own.items(), SIZES, strict=True):
        draw.shuffle(sentences)
        for n in range(size):
            two = [sentences[(2 * n + k) % len(sentences)] for k in range(2)]
            mixed = two + draw.choices(every, k=draw.randint(0, 2))
            draw.shuffle(mixed)
            rows.append((f"{two[0][: max(6, len(two[0]) // 3)]}\n{'。'.join(mixed)}", topic))
    draw.shuffle(rows)
    return rows


def titles(seed: int) -> Labelled:
    """Return titles the demo makes up, with their category."""
    draw = Random(seed)
    rows = [(speak(draw, TITLES[name]), name) for name in TITLES for _ in range(150)]
    draw.shuffle(rows)
    return rows


def usual(seen: Labelled, apart: Labelled) -> float:
    """Return the macro-F1 of pieces of 1 to 3 characters and a linear support vector machine."""
    counter = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    rows = counter.fit_transform([text for text, _ in seen])
    machine = LinearSVC(C=1).fit(rows, [label for _, label in seen])
    answers = machine.predict(counter.transform([text for text, _ in apart]))
    return judge([label for _, label in apart], [str(one) for one in answers]).macro_f1


def measure(seen: Labelled, apart: Labelled) -> dict[str, float]:
    """Train and judge once."""
    began, cpu = time.perf_counter(), time.process_time()
    model = train([text for text, _ in seen], [label for _, label in seen])
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    answers = [guess.label for guess in model.predict([text for text, _ in apart])]
    began = time.process_time()
    for text, _ in apart[:200]:
        model.predict([text])
    return {
        "macro_f1": judge([label for _, label in apart], answers).macro_f1,
        "usual_macro_f1": usual(seen, apart),
        "train_seconds": seconds,
        "train_cpu_seconds": cpu,
        "cpu_ms_one_text": (time.process_time() - began) / min(200, len(apart)) * 1000,
    }


def _three_times(make: Callable[[int], Labelled]) -> dict[str, float]:
    found = []
    for seed in range(3):
        rows = make(seed)
        cut = len(rows) * 4 // 5
        found.append(measure(rows[:cut], rows[cut:]))
    return {name: round(float(np.mean([one[name] for one in found])), 4) for name in found[0]}


def main() -> None:
    """Measure and print."""
    if len(sys.argv) == 5:
        train_file, test_file, text, label = sys.argv[1:]
        given = [read_labelled(Path(name), text, label) for name in (train_file, test_file)]
        rows = [list(zip(one.texts, one.labels, strict=True)) for one in given]
        print(json.dumps({"given": measure(*rows)}))
        return
    sets = {"branch": branches, "topic": topics, "titles_circular": titles}
    print(json.dumps({name: _three_times(make) for name, make in sets.items()}))


if __name__ == "__main__":
    main()
