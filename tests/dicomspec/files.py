"""Small Part 10 files whose findings are known.

They are File-set directories, since that IOD asks for little: File-set ID (Type 2) in a Module of
Usage M, and hardly anything under a condition.
"""

from struct import pack

from tests.dicomspec.dataset.build import EXPLICIT, explicit

DIRECTORY = "1.2.840.10008.1.3.10"
RETIRED = "1.2.840.10008.5.1.4.1.1.5"  # Nuclear Medicine Image Storage
FIND = "1.2.840.10008.5.1.4.1.2.1.1"  # a SOP Class of a service without an IOD


def uid(tag: int, value: str) -> bytes:
    return explicit(tag, "UI", value.encode() + b"\0" * (len(value) % 2))


def sop_class(value: str) -> bytes:
    return uid(0x00080016, value)


def meta(*others: bytes, version: bytes = b"\0\1", syntax: str = EXPLICIT) -> bytes:
    """File Meta Information that lacks nothing, with other elements in their order."""
    elements = [
        explicit(0x00020001, "OB", version),
        uid(0x00020002, DIRECTORY),
        uid(0x00020003, "1.2.3"),
        uid(0x00020010, syntax),
        uid(0x00020012, "1.2.4"),
    ]
    by_number = {each[3:1:-1]: each for each in [*elements, *others]}
    content = b"".join(by_number[number] for number in sorted(by_number))
    return explicit(0x00020000, "UL", pack("<L", len(content))) + content


def whole(data_set: bytes, head: bytes = b"") -> bytes:
    return bytes(128) + b"DICM" + (head or meta()) + data_set


_ID, _DESCRIPTOR = explicit(0x00041130, "CS", b"SET1"), explicit(0x00041141, "CS", b"README")

DATA_SET = _ID + sop_class(DIRECTORY)
PASSING = whole(DATA_SET)
FAILING = whole(_DESCRIPTOR + sop_class(DIRECTORY))  # without File-set ID
CUT = PASSING[:-4]  # in the middle of the last value
UNKNOWN = whole(sop_class("1.2.3"), meta(uid(0x00020002, "1.2.3")))
OF_NO_IOD = whole(sop_class(FIND), meta(uid(0x00020002, FIND)))
OF_RETIRED = whole(sop_class(RETIRED), meta(uid(0x00020002, RETIRED)))
JSON = (
    b'{"00041130": {"vr": "CS", "Value": ["SET1"]},'
    b' "00080016": {"vr": "UI", "Value": ["1.2.840.10008.1.3.10"]}}'
)
