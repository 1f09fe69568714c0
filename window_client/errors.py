"""What can go wrong in a window client of itself: one branch of the tree of hall.errors.

InputError
└── PlayError                    a step of `--play` asks for what the screens do not have
"""

from hall.errors import InputError


class PlayError(InputError):
    """A step of a script cannot be played; says what there is instead."""

    code = "window.play"
