"""Drivers of ID-card readers, one protocol each."""
