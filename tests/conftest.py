"""What holds for every test: the same examples on every run, judged by what they show and never by their time."""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
