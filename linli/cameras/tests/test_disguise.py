"""What goes to the public: faces hidden before and after they are seen, boxes black, marks burned in."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from linli.cameras.media import cutting, disguise
from linli.cameras.media.cutting import CutError, Order, cut_clip, cut_still, read_pictures
from linli.cameras.media.disguise import REACH, Disguise
from linli.cameras.media.faces import Picture, find_faces
from linli.cameras.media.packager import program
from linli.cameras.media.pieces import Piece


def drawn_face(size: int) -> Picture:
    """Return a drawn face of nobody: shaded skin, hair, eyes, nose and mouth."""
    tall = int(size * 1.3)
    y, x = np.mgrid[0:tall, 0:size].astype(float)
    u, v = (x - size / 2) / (size / 2), (y - tall / 2) / (tall / 2)
    sheet = np.full((tall, size, 3), [120.0, 128.0, 135.0])
    skin = np.clip(1 - 0.35 * (u * 0.8) ** 2 - 0.2 * v, 0, 1.2)[..., None] * [215, 165, 135]
    sheet = np.where(((u / 0.8) ** 2 + (v / 0.92) ** 2 < 1)[..., None], skin, sheet)
    sheet[((u / 0.85) ** 2 + ((v + 0.1) / 0.98) ** 2 < 1) & (v < -0.55 + 0.25 * u**2)] = [
        35,
        28,
        25,
    ]
    spots = [(0, 0.12, 0.07, 0.22, (232, 185, 155), 0.6), (0, 0.5, 0.27, 0.035, (120, 55, 55), 1.0),
             (0, 0.56, 0.22, 0.05, (190, 95, 95), 0.8),
             (0, 0.3, 0.17, 0.05, (165, 115, 95), 0.6)]  # fmt: skip
    for side in (-1, 1):
        spots += [(side * 0.33, -0.14, 0.24, 0.1, (150, 105, 85), 0.8),
                  (side * 0.33, -0.12, 0.15, 0.055, (235, 230, 225), 1.0),
                  (side * 0.33, -0.12, 0.07, 0.06, (40, 30, 25), 1.0),
                  (side * 0.33, -0.27, 0.22, 0.04, (55, 40, 32), 0.9)]  # fmt: skip
    for left, top, wide, high, colour, share in spots:
        near = (
            np.exp(-((((u - left) / wide) ** 2 + ((v - top) / high) ** 2) ** 2))[..., None] * share
        )
        sheet = sheet * (1 - near) + near * np.array(colour, float)
    return np.clip(sheet, 0, 255).astype(np.uint8)


def street(*, face: int = 0, left: int = 250) -> Picture:
    """Return a grey street, with a face of so many pixels on it."""
    picture = np.full((360, 640, 3), [120, 128, 135], np.uint8)
    if face:
        found = drawn_face(face)
        picture[100 : 100 + found.shape[0], left : left + face] = found
    return picture


@pytest.mark.parametrize("size", [48, 120])
def test_a_face_is_found_where_it_is_and_nowhere_else(size: int) -> None:
    found = find_faces(street(face=size))
    assert found
    for left, top, right, bottom in found:
        assert left < 250 + size / 2 < right
        assert top < 100 + size * 0.65 < bottom
    assert find_faces(street()) == []


def test_a_face_is_hidden_before_and_after_it_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    box = (250, 100, 300, 165)
    monkeypatch.setattr(disguise, "find_faces", lambda p: [box] if p[0, 0, 0] == 7 else [])
    pictures = [street(face=50) for _ in range(3 * REACH)]
    seen = (3 * REACH // 2) // disguise.EVERY * disguise.EVERY
    pictures[seen][0, 0, 0] = 7
    how = Disguise()
    out = [one for picture in pictures for one in how.push(picture)] + list(how.finish())
    assert len(out) == len(pictures)
    assert how.faces == 1
    for number, (before, after) in enumerate(zip(pictures, out, strict=True)):
        hidden = not np.array_equal(before[100:165, 250:300], after[100:165, 250:300])
        assert hidden == (abs(number - seen) <= REACH), number
        colours = {tuple(c) for c in after[100:165, 250:300].reshape(-1, 3)}
        assert (len(colours) <= disguise.SQUARES**2) == hidden


def test_boxes_are_black_and_what_moves_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disguise, "find_faces", lambda p: [])
    how = Disguise(boxes=[[100, 0, 50, 1000]], hide_moving=True)
    pictures = [street(face=48, left=200 + 8 * turn) for turn in range(6)]
    out = [one for picture in pictures for one in how.push(picture)] + list(how.finish())
    assert not out[0][:, 64:96].any()
    assert out[0][:, 60].any()
    left, right = 200, 248
    assert not np.array_equal(out[2][100:160, left:right], pictures[2][100:160, left:right])
    assert np.array_equal(out[2][:, 500:], pictures[2][:, 500:]), "what stands still stays"


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Piece:
    """Make two seconds of a moving picture, as a camera's segment."""
    path = tmp_path_factory.mktemp("segments") / "00000.ts"
    words = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=15", "-t", "2", "-c:v", "libx264"]
    subprocess.run([program(), "-loglevel", "error", *words, path], check=True)
    return Piece(path, 1_773_100_000, 1_773_100_002)


def order(piece: Piece, **fields: object) -> Order:
    given = {
        "starts": piece.begins,
        "ends": piece.ends,
        "mark": "调度员 (2026)1号",
        "for_public": False,
    }
    return Order([piece], **(given | fields))  # type: ignore[arg-type]


def test_a_clip_is_cut_to_its_span_and_carries_the_mark(segment: Piece, tmp_path: Path) -> None:
    plain = next(iter(read_pictures(order(segment))))
    assert plain.shape == (cutting.HEIGHT, cutting.WIDTH, 3)
    target = tmp_path / "clip.mp4"
    cut_clip(order(segment, starts=segment.begins + 1), target)
    told = subprocess.run(
        [program(), "-hide_banner", "-i", target], capture_output=True, text=True, check=False
    ).stderr
    assert "Duration: 00:00:01.0" in told
    assert "Video: h264" in told
    again = next(iter(read_pictures(order(Piece(target, 0, 1), starts=0, ends=1))))
    changed = np.abs(plain.astype(int) - again.astype(int)).max(axis=2) > 24
    assert changed[:36, :330].mean() > 0.5, "the clock"
    assert changed[100:].mean() > 0.01, "the words"


def test_a_still_is_one_picture_with_its_boxes(segment: Piece, tmp_path: Path) -> None:
    target = tmp_path / "still.jpg"
    boxes = [[0, 500, 1000, 500]]
    cut_still(order(segment, for_public=True, boxes=boxes, mark=""), target)
    from PIL import Image

    picture = np.asarray(Image.open(target))
    assert picture[380:].mean() < 6
    assert picture[60:340].mean() > 40


def test_without_segments_or_with_broken_ones_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(CutError, match="no recording"):
        cut_clip(Order([], 0, 1, "", False), tmp_path / "x.mp4")
    broken = tmp_path / "00000.ts"
    broken.write_bytes(b"no video at all" * 100)
    with pytest.raises(CutError):
        cut_clip(order(Piece(broken, 0, 2), starts=0, ends=1), tmp_path / "y.mp4")
