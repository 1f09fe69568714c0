"""Devices with keys, whatever they are for: frames as templates, key tables, drivers."""

from devices.keys.serial_keys import SerialKeys
from devices.keys.template import Finder, Template

__all__ = ["Finder", "SerialKeys", "Template"]
