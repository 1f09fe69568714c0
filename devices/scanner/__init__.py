"""Barcode and QR scanners: the promise, the serial engines, their twin."""

from devices.scanner.scanner import Scan, Scanner

__all__ = ["Scan", "Scanner"]
