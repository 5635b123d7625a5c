"""Disguising pictures for the public: faces, drawn boxes, and where asked all that moves.

A face that is seen now and then is hidden in between too: what is found in one picture is hidden in
those half a second before and after it.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from linli.cameras.media.faces import Box, Picture, find_faces

# Pictures before and after one in which what was found there is hidden too.
REACH = 8
# Faces are looked for in every so manieth picture.
EVERY = 3
# A hidden face is so many squares wide and high: nothing of it can be made out.
SQUARES = 4
# Blocks of pixels that are compared for movement, and from which mean change of grey it is one.
BLOCK, MOVES = 16, 6.0

type Drawn = Sequence[Sequence[int]]


@dataclass
class _Held:
    picture: Picture
    faces: list[Box] = field(default_factory=list)
    moving: NDArray[np.bool_] | None = None


class Disguise:
    """Takes pictures in their order and gives them disguised; counts faces found."""

    def __init__(self, *, boxes: Drawn = (), hide_moving: bool = False) -> None:
        self.faces = 0
        self._boxes, self._hide_moving = boxes, hide_moving
        self._held: deque[_Held] = deque()
        self._before: deque[_Held] = deque(maxlen=REACH)
        self._count = 0
        self._grey: NDArray[np.float32] | None = None

    def push(self, picture: Picture) -> Iterator[Picture]:
        """Take a picture in; give those whose neighbours are all known."""
        one = _Held(picture.copy())
        if self._count % EVERY == 0:
            one.faces = find_faces(picture)
            self.faces += len(one.faces)
        if self._hide_moving:
            one.moving = self._moves(picture)
        self._count += 1
        self._held.append(one)
        if len(self._held) > REACH:
            yield self._next()

    def finish(self) -> Iterator[Picture]:
        """Give the pictures that are left."""
        while self._held:
            yield self._next()

    def _next(self) -> Picture:
        one = self._held.popleft()
        near = [*self._before, one, *self._held]
        picture = one.picture.copy()
        for held in near:
            for face in held.faces:
                mosaic(picture, face)
        moving = [held.moving for held in near if held.moving is not None]
        if moving:
            _hide_blocks(picture, np.any(moving, axis=0))
        for box in self._boxes:
            blacken(picture, box)
        self._before.append(one)
        return picture

    def _moves(self, picture: Picture) -> NDArray[np.bool_]:
        grey = _blocks(picture)
        before, self._grey = self._grey, grey
        if before is None:
            return np.zeros(grey.shape, bool)
        return _wider(np.abs(grey - before) > MOVES)


def mosaic(picture: Picture, box: Box) -> None:
    """Hide a rectangle of a picture, in place, behind a few squares of its mean colours."""
    left, top, right, bottom = box
    inside = picture[top:bottom, left:right]
    if inside.size == 0:
        return
    for rows in np.array_split(inside, SQUARES, axis=0):
        for square in np.array_split(rows, SQUARES, axis=1):
            if square.size:
                square[...] = square.mean(axis=(0, 1)).astype(np.uint8)


def blacken(picture: Picture, box: Sequence[int]) -> None:
    """Fill a drawn box (left, top, width, height in thousandths) with black, in place."""
    height, width = picture.shape[:2]
    left, top, wide, tall = (max(0, min(1000, int(one))) for one in box)
    begins, ends = top * height // 1000, -(-(top + tall) * height // 1000)
    picture[begins:ends, left * width // 1000 : -(-(left + wide) * width // 1000)] = 0


def _blocks(picture: Picture) -> NDArray[np.float32]:
    height, width = (one // BLOCK * BLOCK for one in picture.shape[:2])
    grey = picture[:height, :width].mean(axis=2, dtype=np.float32)
    shape = (height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    return grey.reshape(shape).mean(axis=(1, 3), dtype=np.float32)


def _wider(found: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the blocks that were found and all around them."""
    wide = np.pad(found, 1)
    parts = [
        wide[row : row + found.shape[0], column : column + found.shape[1]]
        for row in range(3)
        for column in range(3)
    ]
    return np.any(parts, axis=0)


def _hide_blocks(picture: Picture, found: NDArray[np.bool_]) -> None:
    for row, column in zip(*np.nonzero(found), strict=True):
        block = picture[row * BLOCK : (row + 1) * BLOCK, column * BLOCK : (column + 1) * BLOCK]
        block[...] = block.mean(axis=(0, 1)).astype(np.uint8)
