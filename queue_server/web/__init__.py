"""The pages the server shows: the board on the wall, the manager's pages."""
