"""Where a parser is in the tree of data set, Sequences and Items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dicomspec.dataset.syntax import Syntax

Head = tuple[int, str | None, int]  # tag, VR (None if implicit), length of an element


@dataclass(slots=True)
class Level:
    """A data set being read: the root, or an Item, with what it inherits from those above it.

    `end` is the first byte after it, as far as that is known; `bounded` says that a length has said
    so, and not only the end of the input. `depth` counts the Sequences around it.
    """

    syntax: Syntax
    end: int
    encoding: list[str]
    bounded: bool = False
    depth: int = 0
    pixel_representation: int | None = None

    def below(self, syntax: Syntax, end: int, *, bounded: bool, deeper: int) -> Level:
        """Return the level of a Sequence (one `deeper`) in this one, or of an Item in it."""
        # PS3.5 7.5.3: Items inherit the Specific Character Set
        return Level(
            syntax,
            end,
            self.encoding,
            self.bounded or bounded,
            self.depth + deeper,
            self.pixel_representation,
        )
