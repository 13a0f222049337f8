"""Tags as keys of elements: pydicom's, but compared as the numbers they are."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydicom.tag import BaseTag


class Tag(BaseTag):
    """A tag; pydicom's compares in Python, which each look-up of an element would have to pay.

    Unlike that one, it doesn't equal a keyword or a pair of numbers.
    """

    # all six, or Python doesn't see that it is an int to it
    __eq__: Any = int.__eq__
    __ne__: Any = int.__ne__
    __lt__: Any = int.__lt__
    __le__: Any = int.__le__
    __gt__: Any = int.__gt__
    __ge__: Any = int.__ge__
    __hash__: Any = int.__hash__


@lru_cache(maxsize=8192)
def tag_of(number: int) -> BaseTag:
    """Return a tag; those of the standard are made once."""
    return Tag(number)
