"""What a check of a plan against its official text counted."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How much of one kind of thing was found where it belongs.

    `covered` are in order, `named` are left out on purpose and listed with a reason; what is
    neither is a gap.
    """

    kind: str
    title: str
    total: int
    covered: int
    named: int = 0

    @property
    def gaps(self) -> int:
        """How many are neither covered nor named."""
        return self.total - self.covered - self.named
