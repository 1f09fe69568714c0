"""Devices with keys, whatever they are for: frames as templates, key tables, drivers."""

from devices.keys.keyboard import KeyboardKeys, KeySource
from devices.keys.serial_keys import SerialKeys
from devices.keys.template import Finder, Template

__all__ = ["Finder", "KeySource", "KeyboardKeys", "SerialKeys", "Template"]
