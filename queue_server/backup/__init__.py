"""Backups of a hall: made, kept, tried every night, and put back."""
