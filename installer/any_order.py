"""A parser that takes options before, between and after the other words, for a verb's act too, as people type them."""

import argparse
from collections.abc import Iterable
from typing import Any


class AnyOrder(argparse.ArgumentParser):
    """As `parse_intermixed_args`, also for one act of a verb, and with the whole usage.

    argparse's own cuts seven signs off the usage, which are `usage: ` in English only.
    """

    _between = False

    def parse_known_args(self, args: Iterable[str] | None = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """What is known, and the rest."""
        if self._between:  # asked by itself, once for the options and once for the words
            return super().parse_known_args(args, namespace)
        whole = self.format_usage()
        self._between, usage, self.usage = True, self.usage, whole[whole.index(self.prog) :]
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._between, self.usage = False, usage
