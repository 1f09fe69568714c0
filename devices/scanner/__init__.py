"""Scanners and cameras: the promises, the drivers, their twins."""

from devices.scanner.mrz import Mrz
from devices.scanner.scanner import Scan, Scanner

__all__ = ["Mrz", "Scan", "Scanner"]
