"""The words of the screens in other languages than Chinese."""
