"""What the parser complained of, each once."""

from __future__ import annotations

from dicomspec.dataset.limits import REMARKS


class Complaints:
    """Remarks in the order in which they came up."""

    def __init__(self) -> None:
        self._said: dict[str, None] = {}

    @property
    def full(self) -> bool:
        """Say whether there is no place for another one, so that it needn't be worded."""
        return len(self._said) > REMARKS

    def add(self, remark: str) -> None:
        """Add a remark; beyond the limit, say only that there are more."""
        self._said[remark if len(self._said) < REMARKS else "and more"] = None

    def said(self) -> tuple[str, ...]:
        """Return all of them."""
        return tuple(self._said)
