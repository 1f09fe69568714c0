"""A day of invented citizens and clerks through the real programs, as fast as it goes."""
