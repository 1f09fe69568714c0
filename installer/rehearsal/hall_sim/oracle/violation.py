"""A broken promise."""


class ViolatedError(AssertionError):
    """The hall did what it never may.

    Attributes:
        promise: Which one: I1 to I11 of the contract, or `bug` for an error that nobody foresaw.
    """

    def __init__(self, promise: str, words: str) -> None:
        super().__init__(f"{promise}: {words}")
        self.promise = promise


def expect(holds: object, promise: str, words: str) -> None:
    """A promise must hold here.

    Raises:
        ViolatedError: If it does not.
    """
    if not holds:
        raise ViolatedError(promise, words)
