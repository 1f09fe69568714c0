"""Faults on purpose: pulled plugs, failing disks, killed programs, a crowd; each against what was promised."""
