"""The links of a window with their worker threads, for screens and boxes alike."""
