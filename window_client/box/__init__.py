"""A window of keys instead of a screen: call pad, strip and rating pad."""
