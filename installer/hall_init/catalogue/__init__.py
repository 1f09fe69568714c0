"""Reads the catalogue a hall writes as TOML files and reports every mistake in it at once."""

from installer.hall_init.catalogue.building import read_catalogue
from installer.hall_init.catalogue.initials import initials

__all__ = ["initials", "read_catalogue"]
