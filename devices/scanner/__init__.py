"""Barcode and QR scanners: the promise, the serial engines, the cameras, their twins; passports by camera."""

from devices.scanner.mrz import Mrz
from devices.scanner.scanner import Scan, Scanner

__all__ = ["Mrz", "Scan", "Scanner"]
