"""The rule of calling once more, from the paper and not from hall/calling: what every half-day is compared with."""

from dataclasses import dataclass

Key = tuple[int, int, int]


@dataclass
class Plain:
    """Somebody who waits: all that the rule may look at. Times in µs; `seq` tells two of one instant apart."""

    seq: int
    group: str
    came: int
    head_start: int
    not_before: int = 0  # set by coming back after a miss

    def counts_from(self, penalties: dict[str, int]) -> Key:
        """What the free window compares; `penalties` are its groups with what each costs."""
        return (max(self.came - self.head_start, self.not_before) + penalties[self.group], self.came, self.seq)


def who_is_next(waiting: list[Plain], penalties: dict[str, int]) -> Plain | None:
    """The least among those the window serves."""
    served = [each for each in waiting if each.group in penalties]
    return min(served, key=lambda each: each.counts_from(penalties), default=None)


def comes_back(waiting: list[Plain], missed: Plain) -> None:
    """After the third who waits in the same group, never better than before; into `waiting` again."""
    own = {missed.group: 0}
    third = sorted(each.counts_from(own) for each in waiting if each.group == missed.group)[:3]
    missed.not_before = max(missed.counts_from(own)[0], third[-1][0] + 1000 if third else 0)
    waiting.append(missed)
