"""Reads the catalogue a hall writes as TOML files and reports every mistake in it at once."""

from installer.hall_init.catalogue.building import read_catalogue

__all__ = ["read_catalogue"]
