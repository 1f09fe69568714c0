"""The table of constants is asked for like every other program."""

import pytest

from installer.workshop.forecast_constants import CONSTANTS, main


def test_help_is_help_and_no_name_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    assert "LOG.csv" in capsys.readouterr().out


def test_a_constant_that_is_none_is_told_before_anything_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["none.csv", "NO_SUCH", CONSTANTS[0][1]])
    assert left.value.code == 2
    assert "NO_SUCH" in capsys.readouterr().err
