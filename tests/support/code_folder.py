"""A folder of generated pictures with and without Chinese codes, and how many of them `devices decode` reads exactly.

`python -m tests.support.code_folder FOLDER [--codes 280] [--empty 90] [--seed 1] [--judge]` writes `codes/*.png`,
`empty/*.png` and `expected.jsonl` (`path`, `bytes_hex`, `text`, `how`); `--judge` also decodes the folder and counts.
"""

import argparse
import io
import json
import sys
from collections import Counter
from pathlib import Path

from PIL import Image as Pictures

from devices.__main__ import main as devices
from devices.scanner.opencv import Image
from tests.support.shots import Shot, with_codes, without_codes


def save(image: Image, path: Path) -> None:
    """A picture as a file, in colour (blue green red) or grey."""
    Pictures.fromarray(image[..., ::-1] if image.ndim == 3 else image).save(path, compress_level=1)


def write(folder: Path, codes: int, empty: int, seed: int) -> dict[str, Shot]:
    """The pictures as files, and a line about each in `expected.jsonl`; returns what each path holds."""
    written: dict[str, Shot] = {}
    for name, shots in (("codes", with_codes(codes, seed)), ("empty", without_codes(empty, seed))):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for index, shot in enumerate(shots):
            path = folder / name / f"{index:04d}.png"
            save(shot.image, path)
            written[str(path)] = shot
    lines = [
        {"path": path, "bytes_hex": shot.raw.hex() if shot.raw else None, "text": shot.text, "how": shot.how}
        for path, shot in written.items()
    ]
    (folder / "expected.jsonl").write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
    )
    return written


def main() -> int:
    """The program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--codes", type=int, default=280)
    parser.add_argument("--empty", type=int, default=90)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--judge", action="store_true")
    options = parser.parse_args()
    written = write(options.folder, options.codes, options.empty, options.seed)
    if options.judge:
        _judge(options.folder, written)
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _judge(folder: Path, written: dict[str, Shot]) -> None:
    output, sys.stdout = sys.stdout, io.StringIO()
    try:
        devices(["decode", str(folder), "--json"])
        lines = [json.loads(line) for line in sys.stdout.getvalue().splitlines()]
    finally:
        sys.stdout = output
    asked, exact, false = Counter[str](), Counter[str](), 0
    for line in lines:
        shot = written[line["path"]]
        found = [code["bytes_hex"] for code in line["codes"]]
        if shot.raw is None:
            false += len(found)
            continue
        for group in (shot.how, "all"):
            asked[group] += 1
            exact[group] += found == [shot.raw.hex()]
    for group in sorted(asked):
        _say(f"{group:<28} {exact[group]:>4} of {asked[group]:>4} exact")
    _say(f"false reads on {sum(shot.raw is None for shot in written.values())} pictures without a code: {false}")


if __name__ == "__main__":
    sys.exit(main())
