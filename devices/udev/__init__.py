"""Stable names for USB devices: udev rules from the settings."""
