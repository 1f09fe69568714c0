"""The manager's pages, made with NiceGUI and mounted at /manage."""
