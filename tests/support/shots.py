"""Pictures with Chinese codes as cameras see them, and pictures without any: seeded, with what each one holds."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import segno
from PIL import Image as Pictures

from devices.scanner.opencv import Image, cv2

WIDTH, HEIGHT = 1280, 720
ENCODINGS = [("utf-8", False), ("utf-8", True), ("gb18030", False), ("gb18030", True)]
_WORDS = [
    "政务服务中心",
    "一窗通",
    "取号",
    "身份证",
    "居民",
    "请到三号窗口",
    "办理完毕",
    "社会保障卡",
    "户口迁移",
    "营业执照",
    "不动产登记",
    "中国",
    "上海",
    "你好",
    "预约码",
    "健康证明",
    "公积金",
    "（3）号",
    "①℃￥",
    "䶮㛃",
    "𬱖",
    "2026年11月26日",
    "https://example.org/办事?编号=",
    "A023",
    "材料齐全",
    "事项",
]


@dataclass(frozen=True)
class Shot:
    """One picture and the code in it; `raw` is None when it holds none."""

    image: Image
    how: str
    text: str = ""
    raw: bytes | None = None


def with_codes(count: int, seed: int) -> Iterator[Shot]:
    """Pictures with one code each: every way of spoiling with every encoding in turn."""
    ways = list(_WAYS.items())
    for index in range(count):
        random = np.random.default_rng([seed, index])
        how, spoil = ways[index % len(ways)]
        encoding, eci = ENCODINGS[index // len(ways) % len(ENCODINGS)]
        text = "".join(random.choice(_WORDS, random.integers(1, 8)))
        symbol = segno.make(text, encoding=encoding, eci=eci, micro=False, mode="byte", error=random.choice(["l", "m"]))
        yield Shot(spoil(symbol, random), f"{how} {encoding}{' ECI' if eci else ''}", text, text.encode(encoding))


def without_codes(count: int, seed: int) -> Iterator[Shot]:
    """Pictures that hold no code but much that may look like one."""
    scenes = list(_SCENES.items())
    for index in range(count):
        random = np.random.default_rng([seed, 1_000_000 + index])
        how, scene = scenes[index % len(scenes)]
        yield Shot(_noisy(scene(random), random, 3), how)


def modules(symbol: segno.QRCode, scale: int) -> Image:
    """A code as it is printed, with its quiet zone."""
    data = io.BytesIO()
    symbol.save(data, kind="png", scale=scale, border=4)
    return np.asarray(Pictures.open(data).convert("L"), np.uint8)


def _placed(code: Image, background: Image, random: np.random.Generator, *, degrees: float, tilt: float = 0.0) -> Image:
    """The code laid on the background, turned, and tilted away by a share of its side."""
    side = code.shape[0]
    corners = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32) - side / 2
    angle = np.deg2rad(degrees)
    turned = corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned *= 1 - tilt * random.random((4, 1))
    room = np.array([WIDTH, HEIGHT]) / 2 - np.abs(turned).max(0) - 4
    centre = np.array([WIDTH, HEIGHT]) / 2 + random.uniform(-0.5, 0.5, 2) * np.maximum(room, 0)
    matrix = cv2.getPerspectiveTransform(corners + side / 2, (turned + centre).astype(np.float32))
    laid = cv2.warpPerspective(code, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full_like(code, 255), matrix, (WIDTH, HEIGHT))
    share = mask.astype(np.float32)[..., None] / 255
    return np.asarray(background * (1 - share) + laid[..., None].astype(np.float32) * share, np.uint8)


def _plain(random: np.random.Generator) -> Image:
    return np.full((HEIGHT, WIDTH, 3), random.integers(90, 220, 3), np.uint8)


def _noisy(image: Image, random: np.random.Generator, sigma: float) -> Image:
    noise = random.standard_normal((*image.shape[:2], 1), np.float32) * np.float32(
        sigma
    )  # of the light, not of colours
    return np.asarray(np.clip(image + noise, 0, 255), np.uint8)


def _scale(symbol: segno.QRCode, side: int) -> int:
    return max(2, side // int(symbol.symbol_size()[0]))


def _rotated(symbol: segno.QRCode, random: np.random.Generator) -> Image:
    code = modules(symbol, _scale(symbol, 360))
    return _noisy(_placed(code, _plain(random), random, degrees=random.uniform(0, 360), tilt=0.12), random, 4)


def _blurred(symbol: segno.QRCode, random: np.random.Generator) -> Image:
    scale = _scale(symbol, 420)
    laid = _placed(modules(symbol, scale), _plain(random), random, degrees=random.uniform(-12, 12))
    return _noisy(np.asarray(cv2.GaussianBlur(laid, (0, 0), scale * random.uniform(0.3, 0.65)), np.uint8), random, 4)


def _glare(symbol: segno.QRCode, random: np.random.Generator) -> Image:
    laid = _placed(modules(symbol, _scale(symbol, 420)), _plain(random), random, degrees=random.uniform(-20, 20))
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    centre_x, centre_y = WIDTH / 2 + random.uniform(-200, 200), HEIGHT / 2 + random.uniform(-150, 150)
    spot = np.exp(-((x - centre_x) ** 2 + (y - centre_y) ** 2) / (2 * random.uniform(60, 140) ** 2))[..., None]
    return _noisy(np.asarray(np.clip(laid * 0.75 + 150 * spot, 0, 250), np.uint8), random, 4)


def _low_light(symbol: segno.QRCode, random: np.random.Generator) -> Image:
    laid = _placed(modules(symbol, _scale(symbol, 400)), _plain(random), random, degrees=random.uniform(-20, 20))
    return _noisy(np.asarray(laid * random.uniform(0.08, 0.25) + 6, np.uint8), random, 4)


def _small(symbol: segno.QRCode, random: np.random.Generator) -> Image:
    code = modules(symbol, int(random.integers(2, 5)))
    return _noisy(_placed(code, _plain(random), random, degrees=random.uniform(-10, 10)), random, 3)


def _busy(symbol: segno.QRCode, random: np.random.Generator) -> Image:
    background = list(_SCENES.values())[random.integers(len(_SCENES))](random)
    code = modules(symbol, _scale(symbol, 360))
    return _noisy(_placed(code, background, random, degrees=random.uniform(0, 360)), random, 5)


def _screenshot(symbol: segno.QRCode, random: np.random.Generator) -> Image:
    return modules(symbol, int(random.integers(3, 8)))


_WAYS: dict[str, Callable[[segno.QRCode, np.random.Generator], Image]] = {
    "rotated": _rotated,
    "blurred": _blurred,
    "glare": _glare,
    "low light": _low_light,
    "small": _small,
    "busy": _busy,
    "screenshot": _screenshot,
}


def _rectangles(random: np.random.Generator) -> Image:
    image = _plain(random)
    for _ in range(300):
        x, y, w, h = random.integers([0, 0, 4, 4], [WIDTH, HEIGHT, 160, 160])
        shade = tuple(int(c) for c in random.integers(0, 255, 3))
        cv2.rectangle(image, (int(x), int(y)), (int(x + w), int(y + h)), shade, -1)
    return image


def _bars(random: np.random.Generator) -> Image:
    edges = np.cumsum(random.integers(2, 12, 400))
    row = np.searchsorted(edges, np.arange(WIDTH)) % 2 * 200 + 25
    return np.repeat(np.tile(row, (HEIGHT, 1))[..., None], 3, axis=2).astype(np.uint8)


def _cells(random: np.random.Generator) -> Image:
    cells = random.integers(0, 2, (60, 107), np.uint8) * 255
    large = cv2.resize(cells, (WIDTH, HEIGHT), interpolation=cv2.INTER_NEAREST)
    return np.repeat(large[..., None], 3, axis=2)


def _rings(random: np.random.Generator) -> Image:
    image = np.full((HEIGHT, WIDTH, 3), 230, np.uint8)
    for _ in range(40):
        x, y, half = (int(v) for v in random.integers([60, 60, 14], [WIDTH - 60, HEIGHT - 60, 50]))
        for share, shade in ((7, 10), (5, 240), (3, 10)):  # the corners of a QR code, with nothing between them
            reach = half * share // 7
            cv2.rectangle(image, (x - reach, y - reach), (x + reach, y + reach), (shade, shade, shade), -1)
    return image


def _lines_of_text(random: np.random.Generator) -> Image:
    image = np.full((HEIGHT, WIDTH, 3), 235, np.uint8)
    for row in range(24, HEIGHT, 26):
        text = "".join(random.choice(list("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789|<>#"), 60))
        cv2.putText(image, text, (8, row), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (20, 20, 20), 2)
    return image


def _clouds(random: np.random.Generator) -> Image:
    coarse = random.integers(0, 255, (24, 40, 3), np.uint8)
    return np.asarray(cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), np.uint8)


_SCENES: dict[str, Callable[[np.random.Generator], Image]] = {
    "rectangles": _rectangles,
    "bars": _bars,
    "cells": _cells,
    "rings": _rings,
    "text": _lines_of_text,
    "clouds": _clouds,
}
