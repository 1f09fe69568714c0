"""Pictures of travel documents as a camera sees them; `python -m tests.support.passports [COUNT]` counts the reads."""

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from random import Random

import numpy as np

from devices.scanner.mrz import SHAPES, parse
from devices.scanner.mrz_reader import read_mrz
from devices.scanner.ocr_b import TYPEFACE, page
from devices.scanner.opencv import Image, cv2
from devices.scanner.travellers import invented_zone

TODAY = date(2026, 11, 26)
WIDTH, HEIGHT = 1280, 720


@dataclass(frozen=True)
class Look:
    """How a document lies before the camera and how well it is seen."""

    degrees: float = 0.0
    blur: float = 0.0
    noise: float = 2.0
    light: float = 1.0
    waves: float = 0.0  # how dark the pattern under the letters is
    typeface: str = TYPEFACE


LOOKS = {
    "clean": Look(),
    "turned": Look(degrees=3.0),
    "turned back": Look(degrees=-4.0),
    "blurred": Look(blur=1.8),
    "noisy": Look(noise=18),
    "dark": Look(light=0.35, noise=6),
    "turned, blurred, noisy": Look(degrees=2.0, blur=1.3, noise=10),
    "patterned paper": Look(degrees=1.0, waves=18, blur=0.8, noise=5),
}
HARD_LOOKS = {
    "slanted letters": Look(typeface="OCRBL.otf", blur=0.8, noise=5),
    "hardly legible": Look(degrees=-1.0, blur=3.5, noise=20),
}


def seen(lines: list[str], random: np.random.Generator, look: Look) -> Image:
    """The grey picture of a document with these lines, on a desk."""
    picture = np.full((HEIGHT, WIDTH), 70, np.uint8)
    paper = page(lines, WIDTH - 180, HEIGHT - 60, look.typeface)
    picture[30 : HEIGHT - 30, 90 : WIDTH - 90] = paper
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    pattern = look.waves * (np.sin(x / 9 + 3 * np.sin(y / 25)) + np.sin(y / 7 + 2 * np.sin(x / 31)))
    picture = np.clip(picture - look.waves + pattern, 0, 255).astype(np.uint8)
    matrix = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), look.degrees, 1)
    turned = cv2.warpAffine(picture, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderValue=70)
    if look.blur:
        turned = cv2.GaussianBlur(turned, (0, 0), look.blur)
    spoiled = np.asarray(turned, np.float32) * look.light + look.noise * random.standard_normal(
        turned.shape, np.float32
    )
    return np.asarray(np.clip(spoiled, 0, 255), np.uint8)


def count_reads(look: Look, shape: str, count: int) -> Counter[str]:
    """How many invented documents are `right`, `unread` or `wrong`."""
    reads = Counter[str]()
    for seed in range(count):
        lines = invented_zone(Random(seed), shape)
        found = read_mrz(seen(lines, np.random.default_rng(seed), look), TODAY)
        reads["unread" if found is None else "right" if found == parse(lines, TODAY) else "wrong"] += 1
    return reads


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    for how, look in {**LOOKS, **HARD_LOOKS}.items():
        for shape in SHAPES:
            reads = count_reads(look, shape, number)
            sys.stdout.write(f"{shape} {how:<24} right {reads['right']} of {number}, wrong {reads['wrong']}\n")
