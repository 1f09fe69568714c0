"""Which words the two ends speak; the first message states them."""

SCHEMA_VERSION = 1
MIN_SCHEMA_VERSION = 1
"""The oldest schema this build still speaks (a server serves N and N−1 during a rolling upgrade)."""
