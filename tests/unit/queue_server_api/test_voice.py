"""From a call to a sentence to a WAV that can be played; without a voice the board stays, silently."""

import array
import io
import threading
import wave
from pathlib import Path

import pytest

from queue_server.voice import Announcer, Call, Language, shown
from queue_server.voice.chime import chime
from queue_server.voice.errors import VoiceError
from queue_server.voice.phrases import spoken, syllables
from queue_server.voice.pinyin import counted
from queue_server.voice.synthesis import synthesise


@pytest.mark.parametrize(
    ("number", "window", "seen", "heard"),
    [
        ("A001", 3, "请 A001 号到 3 号窗口", "请A零零一号到三号窗口"),
        ("A2-023", 12, "请 A2-023 号到 12 号窗口", "请A二杠零二三号到十二号窗口"),
        ("Z1045", 105, "请 Z1045 号到 105 号窗口", "请Z一零四五号到一百零五号窗口"),
    ],
)
def test_a_call_is_seen_and_heard_as_one_sentence(number: str, window: int, seen: str, heard: str) -> None:
    call = Call(number, window)
    assert shown(call) == seen
    assert spoken(call) == heard
    assert len(syllables(call)) == len(heard)


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (1, "一"),
        (10, "十"),
        (19, "十九"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (110, "一百一十"),
        (999, "九百九十九"),
    ],
)
def test_windows_are_counted(window: int, words: str) -> None:
    assert counted(window) == words


@pytest.mark.parametrize(
    ("number", "window", "heard"),
    [
        ("A001", 3, "number A, zero zero one please go to window three"),
        ("A2-023", 42, "number A, two dash zero two three please go to window forty two"),
        ("Z1045", 105, "number Z, one zero four five please go to window one zero five"),
    ],
)
def test_a_call_is_heard_in_english_too(number: str, window: int, heard: str) -> None:
    assert " ".join(syllables(Call(number, window, Language.ENGLISH))) == heard


def test_window_numbers_outside_the_hall_are_refused() -> None:
    for window in (0, 1000):
        with pytest.raises(ValueError, match="1 to 999"):
            counted(window)


@pytest.mark.parametrize("name", ["A001-w3", "A2-023-w12", "B1000-w999", "A001-w3-en"])
def test_a_wav_is_named_after_its_call_and_back(name: str) -> None:
    call = Call.named(name)
    assert call is not None
    assert call.name == name
    assert call.address == f"/voice/{name}.wav"


@pytest.mark.parametrize(
    "name", ["", "A001", "A001-w0", "A001-w03", "../A001-w3", "a001-w3", "A001-w3.wav", "A1-w1000"]
)
def test_other_names_are_no_calls(name: str) -> None:
    assert Call.named(name) is None


def _seconds(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound)) as read:
        assert any(read.readframes(read.getnframes()))
        return float(read.getnframes() / read.getframerate())


def test_espeak_says_the_sentence_in_a_few_seconds() -> None:
    assert 1.5 < _seconds(synthesise(syllables(Call("A001", 3)), None)) < 8
    english = synthesise(syllables(Call("A001", 3, Language.ENGLISH)), None, Language.ENGLISH)
    assert 1.5 < _seconds(english) < 8


def test_the_chime_is_short_and_softer_than_it_could_be() -> None:
    assert 0.5 < _seconds(chime()) < 2
    with wave.open(io.BytesIO(chime())) as read:
        samples = array.array("h", read.readframes(read.getnframes()))
    assert 3_000 < max(map(abs, samples)) < 20_000


def _clip(path: Path, frames: int, rate: int = 16_000) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(b"\x01\x10" * frames)


def test_recorded_clips_are_joined_when_the_hall_has_them_all(tmp_path: Path) -> None:
    said = syllables(Call("A001", 3))
    for name in set(said):
        _clip(tmp_path / f"{name}.wav", 1600)
    assert _seconds(synthesise(said, tmp_path)) == pytest.approx(0.1 * len(said))
    _clip(tmp_path / "hao4.wav", 1600, rate=8000)
    with pytest.raises(VoiceError, match="hao4"):
        synthesise(said, tmp_path)
    english = syllables(Call("A001", 3, Language.ENGLISH))
    (tmp_path / "en").mkdir()
    for name in {word.rstrip(",") for word in english}:
        _clip(tmp_path / "en" / f"{name}.wav", 1600)
    assert _seconds(synthesise(english, tmp_path, Language.ENGLISH)) == pytest.approx(0.1 * len(english))
    (tmp_path / "hao4.wav").unlink()
    assert _seconds(synthesise(said, tmp_path)) != pytest.approx(0.1 * len(said))


def test_an_announced_call_is_made_once_and_kept(tmp_path: Path) -> None:
    made: list[tuple[str, ...]] = []

    def make(said: tuple[str, ...], _clips: Path | None, _language: Language) -> bytes:
        made.append(said)
        return b"RIFF"

    announcer = Announcer(tmp_path / "voice", make=make)
    call = Call("A001", 3)
    assert announcer.find(call.name) is None
    path = announcer.announce(call).result(10)
    assert announcer.announce(call).result(10) == path
    found = announcer.find(call.name)
    assert found is not None
    assert found.result(10).read_bytes() == b"RIFF"
    assert made == [syllables(call)]
    assert sorted(p.name for p in path.parent.iterdir()) == ["A001-w3.wav"]
    announcer.close()


def test_the_folder_holds_the_newest_calls_of_this_start_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queue_server.voice.announcer._REMEMBERED", 2)
    for name in ("A001-w3.wav", "A002-w3.part", "qing3.wav"):
        (tmp_path / name).write_bytes(b"cut short")
    announcer = Announcer(tmp_path, make=lambda *_: b"RIFF")
    assert [path.name for path in tmp_path.iterdir()] == ["qing3.wav"]  # a clip that the hall recorded
    for n in (1, 2, 3):
        announcer.announce(Call(f"A00{n}", 3)).result(10)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["A002-w3.wav", "A003-w3.wav", "qing3.wav"]
    assert announcer.announce(Call("A001", 3)).result(10).read_bytes() == b"RIFF"
    announcer.close()


def test_a_voice_that_is_behind_leaves_out_calls_long_past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queue_server.voice.announcer._REMEMBERED", 2)
    begun, free, said = threading.Event(), threading.Event(), list[tuple[str, ...]]()

    def slow(words: tuple[str, ...], *_: object) -> bytes:
        begun.set()
        free.wait(10)
        said.append(words)
        return b"RIFF"

    announcer = Announcer(tmp_path, make=slow)
    first = announcer.announce(Call("A001", 3))
    assert begun.wait(10)
    second, third, last = (announcer.announce(Call(f"A00{n}", 3)) for n in (2, 3, 4))
    free.set()
    assert last.result(10).is_file()
    assert third.result(10).is_file()
    assert second.cancelled()
    assert first.done()  # was under way already
    assert len(said) == 3
    announcer.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["A003-w3.wav", "A004-w3.wav"]


def test_without_a_voice_the_trouble_is_told_and_mending_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    announcer = Announcer(tmp_path)
    call = Call("A001", 3)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        assert isinstance(announcer.announce(call).exception(10), VoiceError)
    assert "espeak-ng" in announcer.problem
    assert announcer.announce(call).result(10).is_file()
    assert announcer.problem == ""
    announcer.close()
