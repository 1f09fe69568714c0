"""Settings files as a new hall gets them."""
