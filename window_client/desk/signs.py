"""How much must be typed to sign in, and how much may be."""

STAFF_SIGNS, PIN_SIGNS = (2, 12), (4, 64)
"""Fewest and most signs the server takes."""
