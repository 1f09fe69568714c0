"""The referee: applies facts, decides calls, tells every screen."""
