"""What a run found: figures for people and programs, and every promise that was broken."""

import json
from dataclasses import dataclass, field

SHOWN = 20


@dataclass
class Report:
    """The outcome of one kind of fault.

    Attributes:
        what: Its name.
        figures: Counts by name, in the order they are told.
        breaches: Each promise found broken, in words that help to find it again.
    """

    what: str
    figures: dict[str, int | float | str] = field(default_factory=dict)
    breaches: list[str] = field(default_factory=list)

    def count(self, name: str, by: int = 1) -> None:
        """Add to a figure."""
        self.figures[name] = int(self.figures.get(name, 0)) + by

    def as_json(self) -> str:
        """One object; `breaches` is their number."""
        told = {"what": self.what, **self.figures, "breaches": len(self.breaches), "found": self.breaches[:SHOWN]}
        return json.dumps(told, ensure_ascii=False)

    def as_text(self) -> str:
        """A few lines."""
        lines = [self.what, *(f"  {name:<24} {value}" for name, value in self.figures.items())]
        lines += [f"  违背承诺：{breach}" for breach in self.breaches[:SHOWN]]
        return "\n".join([*lines, f"  违背承诺 {len(self.breaches)} 处"])
