"""How the hostile inputs of a run fared."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tally:
    """Inputs by what became of them, and the peak memory of those that ran as a process of their own."""

    refused: int = 0
    survived: int = 0
    peaks: list[tuple[float, str]] = field(default_factory=list)

    def note(self, name: str, *, refused: bool, megabytes: float | None = None) -> None:
        """Count an input that came to the end it should."""
        if refused:
            self.refused += 1
        else:
            self.survived += 1
        if megabytes is not None:
            self.peaks.append((megabytes, name))

    def lines(self) -> list[str]:
        """The summary."""
        tried = self.refused + self.survived
        said = f"{tried} tried: {self.refused} refused, {self.survived} survived."
        greatest = ", ".join(f"{megabytes:.0f} MB ({name})" for megabytes, name in sorted(self.peaks)[:-6:-1])
        return [said, f"Peak memory of {len(self.peaks)} processes: {greatest}."] if self.peaks else [said]
