"""Numbers in binary, and streams of bytes and words (PS3.5 6.2).

How it decides:
1. A Value Field holds whole Values: its length is a multiple of theirs. All numbers are allowed.
2. What stays in the file is known by its length. That a length is odd is told by the reader of a
   file.
"""

# PS3.5 Table 6.2-1: bytes of one Value
SIZES = {
    "AT": 4, "FD": 8, "FL": 4, "OD": 8, "OF": 4, "OL": 4, "OV": 8, "OW": 2, "SL": 4, "SS": 2,
    "SV": 8, "UL": 4, "US": 2, "UV": 8,
}  # fmt: skip
STREAMS = frozenset({"OB", "OD", "OF", "OL", "OV", "OW", "UN"})

# what a number of a VR may be
RANGES = {
    "SL": range(-(2**31), 2**31), "SS": range(-(2**15), 2**15), "SV": range(-(2**63), 2**63),
    "UL": range(2**32), "US": range(2**16), "UV": range(2**64), "AT": range(2**32),
    "IS": range(-(2**31), 2**31),
}  # fmt: skip


def wrong_length(vr: str, length: int, *, odd_is_told: bool) -> str | None:
    """Return what is wrong with the length of a Value Field, None if nothing is."""
    size = SIZES.get(vr, 1)
    if not length % size or (odd_is_told and length % 2):
        return None
    return f"is not of {size} bytes, or of a multiple of them"
