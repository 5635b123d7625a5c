"""The classifier: it learns, it is the same every time, it bears anything, it is stored safely."""

import pickle
import time
import zlib
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.reading.classifier import Classifier, train
from linli.reading.features import learn
from linli.reading.grams import pieces
from linli.reading.quality import judge
from linli.reading.wording import clean, head

TOPICS = {
    "交通": "公交线路班次路口红绿灯拥堵停车位减速带货车站台出行",
    "教育": "学校老师补课收费入学学区幼儿园高考教材操场校服",
    "卫生": "医院医生看病挂号疫苗药店社区诊所体检病房护士",
}


def made(number: int, seed: int = 1) -> tuple[list[str], list[str]]:
    """Return made-up messages: some characters of a topic among those of the others."""
    draw = Random(seed)
    noise = "".join(TOPICS.values()) + "请问市长我们小区附近希望尽快解决谢谢领导"
    texts, labels = [], []
    for i in range(number):
        label = list(TOPICS)[i % 3]
        topic = TOPICS[label]
        words = [topic[k : k + 2] for k in draw.sample(range(len(topic) - 1), 4)]
        words += [noise[k : k + 2] for k in draw.sample(range(len(noise) - 1), 4)]
        draw.shuffle(words)
        texts.append("，".join(words))
        labels.append(label)
    return texts, labels


@pytest.fixture(scope="module")
def model() -> Classifier:
    return train(*made(600))


def test_it_learns(model: Classifier) -> None:
    texts, labels = made(300, seed=2)
    found = judge(labels, [guess.label for guess in model.predict(texts)])
    assert found.macro_f1 > 0.9
    assert sum(one["support"] for one in found.labels.values()) == 300


def test_its_confidence_means_something(model: Classifier) -> None:
    texts, labels = made(600, seed=3)
    guesses = model.predict(texts)
    right = np.mean([guess.label == label for guess, label in zip(guesses, labels, strict=True)])
    assert abs(np.mean([guess.confidence for guess in guesses]) - right) < 0.06


def test_the_same_texts_give_the_same_model(model: Classifier) -> None:
    assert train(*made(600)).to_bytes() == model.to_bytes()


def test_it_says_which_words(model: Classifier) -> None:
    reasons = model.reasons("昨天在路上，幼儿园学区的事", "教育")
    assert any("幼儿园" in word or "学区" in word for word in reasons)


def test_one_answer_is_quick(model: Classifier) -> None:
    text = made(1)[0][0] * 20
    model.predict([text])
    began = time.process_time()
    for _ in range(50):
        model.predict([text])
    assert (time.process_time() - began) / 50 < 0.005


def test_stored_and_restored(model: Classifier) -> None:
    again = Classifier.from_bytes(model.to_bytes())
    texts = [*made(60, seed=4)[0], "", "？"]
    assert [g.label for g in again.predict(texts)] == [g.label for g in model.predict(texts)]


class Harm:
    """What a pickle could do."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (exec, ("raise SystemExit('harm was done')",))


@pytest.mark.parametrize("stored", [b"", b"abc", zlib.compress(b"abc"), pickle.dumps(Harm())])
def test_what_is_no_model_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="not a stored classifier"):
        Classifier.from_bytes(stored)


def test_a_model_cut_off_or_with_something_behind_is_refused(model: Classifier) -> None:
    content = zlib.decompress(model.to_bytes())
    for wrong in (content[:-1], content + b"x", content.replace(b"uint64", b"object", 1)):
        with pytest.raises(ValueError, match="not a stored classifier"):
            Classifier.from_bytes(zlib.compress(wrong))


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        (["甲"], ["一"]),
        (["", "", ""], ["一", "一", "二"]),
        (["甲乙", "丙丁"], ["一", "二"]),
        (["甲乙丙"] * 5 + ["丁戊"] * 5 + ["己"], ["一"] * 5 + ["二"] * 5 + ["三"]),
        (["a b c", "A　B", "<b>x</b>&nbsp;", "\ud800\u0000", "𠮷野家"], list("xyxyx")),
    ],
)
def test_few_odd_and_empty_texts(texts: list[str], labels: list[str]) -> None:
    model = train(texts, labels)
    answers = model.predict([*texts, "", "别的话", "\ud800"])
    assert len(answers) == len(texts) + 3
    assert all(guess.label in labels and 0 <= guess.confidence <= 1 for guess in answers)


def test_nothing_to_learn_from() -> None:
    with pytest.raises(ValueError, match="nothing to learn from"):
        train([], [])


def test_pieces_never_join_two_texts_or_sentences() -> None:
    found = pieces(["甲乙，丙", "丁"], range(2, 3))
    assert len(found.numbers) == 1
    assert found.owners.tolist() == [0]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_pieces_are_those_a_loop_would_find(texts: list[str]) -> None:
    found = pieces(texts, range(1, 4))
    wanted = []
    joined = "\x00".join(text.encode("utf-32-le", "replace").decode("utf-32-le") for text in texts)
    for size in range(1, 4):
        for begin in range(len(joined) - size + 1):
            if all(c.isalnum() or ord(c) > 0x1FFFF for c in joined[begin : begin + size]):
                wanted.append((size, begin))
    assert list(zip(found.sizes.tolist(), found.begins.tolist(), strict=True)) == wanted


def test_rare_pieces_can_be_left_out() -> None:
    vocabulary, _rows = learn(["张三丰漏水", "漏水", "漏水了"], least=3)
    alone = pieces(["张三"], range(2, 3)).numbers
    shared = pieces(["漏水"], range(2, 3)).numbers
    assert not np.isin(alone, vocabulary.numbers).any()
    assert np.isin(shared, vocabulary.numbers).all()


def test_wording() -> None:
    assert clean("ＡＢＣ　１２３．５元<br/>&amp;\r\n好") == "abc 0元 &\n好"
    assert head(clean("关于路灯不亮的问题\n\n\t尊敬的市长：")) == "关于路灯不亮的问题"
    assert head(clean("小区门口路灯不亮 您好，我是住户")) == "小区门口路灯不亮"
    assert len(head("好" * 100)) == 48
