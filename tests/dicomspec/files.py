"""Small Part 10 files whose findings are known.

They are File-set directories, since that IOD asks for little: File-set ID (Type 2) in a Module of
Usage M, and hardly anything under a condition.
"""

from tests.dicomspec.dataset.build import explicit, part10

DIRECTORY = "1.2.840.10008.1.3.10"
RETIRED = "1.2.840.10008.5.1.4.1.1.5"  # Nuclear Medicine Image Storage
FIND = "1.2.840.10008.5.1.4.1.2.1.1"  # a SOP Class of a service without an IOD


def sop_class(uid: str) -> bytes:
    return explicit(0x00080016, "UI", uid.encode() + b"\0" * (len(uid) % 2))


_ID, _DESCRIPTOR = explicit(0x00041130, "CS", b"SET1"), explicit(0x00041141, "CS", b"README")

PASSING = part10(_ID + sop_class(DIRECTORY))
FAILING = part10(_DESCRIPTOR + sop_class(DIRECTORY))  # without File-set ID
CUT = PASSING[:-4]  # in the middle of the last value
UNKNOWN = part10(sop_class("1.2.3"))
OF_NO_IOD = part10(sop_class(FIND))
OF_RETIRED = part10(sop_class(RETIRED))
JSON = (
    b'{"00041130": {"vr": "CS", "Value": ["SET1"]},'
    b' "00080016": {"vr": "UI", "Value": ["1.2.840.10008.1.3.10"]}}'
)
