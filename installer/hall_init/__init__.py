"""The first things a hall needs: its catalogue, its secrets, its first data."""
