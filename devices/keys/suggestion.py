"""From what an unknown pad sends for its keys to the frame template that describes it. Pure."""

from collections.abc import Sequence

from devices.keys.template import CHECKSUMS, Template


def suggested(bursts: Sequence[bytes]) -> tuple[str, list[bytes]]:
    """A template that tells these bursts apart, and the code of each key in it.

    What all bursts have in common is fixed, what differs is the key's code; a sum or XOR that holds in all of them is
    a checksum. A checksum of another kind stays part of the code: the keys are told apart, damage is not noticed.

    Args:
        bursts: What the pad sent, one for each key.

    Raises:
        ValueError: Fewer than two, two alike, or of different lengths; the message says so in Chinese.
    """
    if len(bursts) < 2:
        raise ValueError("至少要学两个键")
    if len(set(bursts)) < len(bursts):
        raise ValueError("有两个键发来的内容一样，分不开")
    if len({len(burst) for burst in bursts}) > 1:
        raise ValueError("各键发来的长短不一，请按说明书在设置里写帧模板")
    varying = [place for place, column in enumerate(zip(*bursts, strict=True)) if len(set(column)) > 1]
    for text in (*_with_checksum(bursts, varying), _text(bursts[0], varying[0], varying[-1] + 1)):
        codes = _codes(text, bursts)
        if codes is not None:
            return text, codes
    raise AssertionError("a template without a checksum always fits")


def _with_checksum(bursts: Sequence[bytes], varying: list[int]) -> list[str]:
    """Templates in which the last byte that varies is a checksum."""
    if len(varying) < 2:
        return []
    first, end, check = varying[0], varying[-2] + 1, varying[-1]
    return [
        _text(bursts[0], first, end, checksum=(kind, begin, check)) for kind in CHECKSUMS for begin in range(first + 1)
    ]


def _text(sample: bytes, first: int, end: int, checksum: tuple[str, int, int] | None = None) -> str:
    words = [f"{byte:02X}" for byte in sample]
    if checksum is not None:
        kind, begin, check = checksum
        words[check] = f"] {kind}"
        words[begin] = f"[ {words[begin]}"
    words[first:end] = [("[ " if words[first].startswith("[") else "") + f"data:{end - first}"]
    return " ".join(words)


def _codes(text: str, bursts: Sequence[bytes]) -> list[bytes] | None:
    template = Template.parse(text)
    found = [template.match(burst, 0) for burst in bursts]
    codes = [match[1] for match in found if match is not None and match[0] == len(bursts[0])]
    return codes if len(set(codes)) == len(bursts) else None
