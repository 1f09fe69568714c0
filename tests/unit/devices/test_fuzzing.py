"""The fuzzer: every codec stands its bytes, the same seed gives the same run, and what is broken is found."""

from collections.abc import Callable

import pytest

from devices import fuzzing
from devices.__main__ import main
from devices.errors import DeviceGarbled
from devices.fuzzer import Pieces, Target, fuzz


@pytest.mark.parametrize("target", fuzzing.TARGETS, ids=lambda target: f"{target.kind}-{target.name}")
def test_every_codec_gives_a_value_or_a_named_error(target: Target) -> None:
    tally = fuzz(target, 12_000, seed=3)
    assert tally.failures == []
    assert tally.values > 0  # the right ones got through: it is not all refused at the door
    assert tally == fuzz(target, 12_000, seed=3)


def test_a_technician_reads_what_became_of_the_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fuzz", "id_card", "--bytes", "3000"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == sum(target.kind == "id_card" for target in fuzzing.TARGETS)
    assert all("异常 0" in line for line in lines)


def stumbles(pieces: Pieces) -> object:
    return b"".join(pieces)[399]


def hangs(pieces: Pieces) -> object:
    while pieces:
        pass
    return None


def refuses(pieces: Pieces) -> object:
    raise DeviceGarbled("no", code="codec.no")


@pytest.mark.parametrize(("eat", "told"), [(stumbles, "IndexError"), (hangs, "HangError")])
def test_a_stumble_and_a_hang_are_found(
    eat: Callable[[Pieces], object], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Target("lamp", "codec", lambda random: random.randbytes(60), eat)
    assert any(told in failure for failure in fuzz(broken, 1, seed=1, longest_case_s=0.1).failures)
    if eat is stumbles:
        monkeypatch.setattr(fuzzing, "TARGETS", (broken,))
        assert main(["fuzz", "--bytes", "2000", "--seed", "9"]) == 1
        assert "种子 9" in capsys.readouterr().out


def test_named_errors_are_counted_by_their_code() -> None:
    tally = fuzz(Target("lamp", "codec", lambda _: b"on", refuses), 100, seed=1)
    assert tally.errors == {"codec.no": tally.cases}
    assert (tally.values, tally.failures) == (0, [])
