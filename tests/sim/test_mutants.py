"""The simulator sees: each deliberate breach of the product is caught."""

import logging
from collections.abc import Iterator

import pytest

from installer.rehearsal.hall_sim.breaches import MUTANTS
from installer.rehearsal.hall_sim.mutants import Edit, Mutant, StaleMutantError, hunt, in_force


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_there_are_enough_of_them() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 20


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_it_is_caught(mutant: Mutant) -> None:
    assert hunt(mutant).seed >= 0, f"{mutant.name} was not caught"


def test_a_mutant_whose_text_is_gone_is_told() -> None:
    stale = Mutant("stale", (Edit("hall.numbering:next_in_plan", "no such words", ""),))
    with pytest.raises(StaleMutantError), in_force(stale):
        pass
