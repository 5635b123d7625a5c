"""The linear models whose votes the classifier adds up.

All three see the same rows. Two are support vector machines after the weights of each column were
multiplied by how differently the class and the rest use the piece (Wang and Manning 2012, "Baselines
and Bigrams", there with naive Bayes; once wholly, once halfway); the third is ridge regression,
which errs elsewhere. Their sum is again one linear model: answering costs what one of them does.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from linli.reading.features import Floats

_SMOOTHING = 0.1


class Linear(NamedTuple):
    """Weights, one row a piece and one column a class, and what is added for each class."""

    weights: Floats
    offsets: Floats

    def scores(self, rows: sparse.csr_matrix) -> Floats:
        """Return a score for each row and class."""
        scores: Floats = rows @ self.weights + self.offsets
        return scores


class _Column(NamedTuple):
    weights: Floats
    offset: float


def members(rows: sparse.csr_matrix, classes: NDArray[np.int64], number: int) -> list[Linear]:
    """Train each member on ``rows``; ``classes`` are 0 up to ``number`` - 1, one for each row."""
    ratios = _ratios(rows, classes, number)

    def machines() -> list[list[_Column]]:
        return [
            [_machine(rows, classes == one, scale(ratios[one]), cost) for one in range(number)]
            for scale, cost in ((_wholly, 0.1), (_halfway, 0.3))
        ]

    def ridges() -> list[_Column]:
        return [_ridge(rows, classes == one) for one in range(number)]

    # Two cores, two threads. All machines in one: liblinear draws from one generator a process,
    # and two at once would give a slightly different model each time.
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.submit(machines), threads.submit(ridges)
        columns = [*first.result(), second.result()]
    return [
        Linear(
            np.stack([column.weights for column in row], axis=1),
            np.array([column.offset for column in row], dtype=np.float32),
        )
        for row in columns
    ]


def _wholly(ratio: Floats) -> Floats:
    return ratio


def _halfway(ratio: Floats) -> Floats:
    half: Floats = (np.float32(1) + ratio) / np.float32(2)
    return half


def _ratios(rows: sparse.csr_matrix, classes: NDArray[np.int64], number: int) -> Floats:
    """Return how differently each class (row) and the rest use each piece, 1 on average."""
    present = sparse.csr_matrix((np.ones_like(rows.data), rows.indices, rows.indptr), rows.shape)
    of_class = sparse.csr_matrix(
        (np.ones(len(classes), np.float32), (classes, range(len(classes))))
    )
    inside = (of_class @ present).toarray() + _SMOOTHING
    outside = inside.sum(axis=0) - inside + _SMOOTHING
    shares = np.log(inside / inside.sum(axis=1, keepdims=True))
    shares -= np.log(outside / outside.sum(axis=1, keepdims=True))
    ratios: Floats = np.abs(shares).astype(np.float32)
    usual = np.maximum(ratios.mean(axis=1, keepdims=True), 1e-9)
    found: Floats = (ratios / usual).astype(np.float32)
    return found[:number]


def _machine(
    rows: sparse.csr_matrix, wanted: NDArray[np.bool_], ratio: Floats, cost: float
) -> _Column:
    # Here and not above: only who learns pays for loading scikit-learn, no process that answers pages.
    from sklearn.svm import LinearSVC

    scaled = sparse.csr_matrix(
        (rows.data * ratio[rows.indices], rows.indices, rows.indptr), rows.shape
    )
    model = LinearSVC(C=cost, random_state=0, tol=1e-2).fit(scaled, wanted)
    return _Column((model.coef_[0] * ratio).astype(np.float32), float(model.intercept_[0]))


def _ridge(rows: sparse.csr_matrix, wanted: NDArray[np.bool_]) -> _Column:
    from sklearn.linear_model import RidgeClassifier

    model = RidgeClassifier(alpha=0.3, solver="sparse_cg", tol=1e-2).fit(rows, wanted)
    return _Column(np.ravel(model.coef_).astype(np.float32), float(np.ravel(model.intercept_)[0]))
