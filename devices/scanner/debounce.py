"""A code that stays in view is seen again and again: it counts once, until it has been away for a while. Pure."""

AWAY_US = 1_500_000


class Debounce:
    """Remembers which codes are in view. Two held side by side count once each.

    Args:
        away_us: How long a code must not have been seen to count again.
    """

    def __init__(self, away_us: int = AWAY_US) -> None:
        self._away_us = away_us
        self._seen_us: dict[bytes, int] = {}

    def is_new(self, code: bytes, now_us: int) -> bool:
        """Note that a code is seen now; whether it had not been in view lately.

        Args:
            code: Its bytes.
            now_us: By a clock that never jumps.
        """
        self._seen_us = {seen: at for seen, at in self._seen_us.items() if now_us - at < self._away_us}
        new = code not in self._seen_us
        self._seen_us[code] = now_us
        return new
