"""A catalogue folder for each test."""

from pathlib import Path

import pytest

from tests.support.catalogue_folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)
