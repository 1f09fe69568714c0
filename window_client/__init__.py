"""The clerk's side: one window serves any item."""
