"""What the first bytes of an input say.

How it decides:
1. "DICM" at byte 128 is a Part 10 file, whatever else it looks like.
2. Else a first character "{" or "[" (after white space and a byte order mark) is JSON; DICOM JSON
   only if its first member is named by a tag.
3. Else the input may be a data set without a prefix, if it starts with an element of group 0002 or
   0008.
4. Anything else is named for what it is, if that is known.
"""

from __future__ import annotations

import re
from struct import unpack

HEAD = 4096  # bytes that are looked at

# PS3.5 Table 6.2-1
_VRS = b"AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN"
VRS = frozenset([*_VRS.split(), b"UR", b"US", b"UT", b"UV"])

# PS3.18 F.2.2: Attributes are named by eight hexadecimal digits
_DICOM_JSON = re.compile(rb"[\s\xef\xbb\xbf]*(\[\s*)?\{\s*(\"[0-9A-Fa-f]{8}\"\s*:|\})|\s*\[\s*\]")

_KINDS = {
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"%PDF": "a PDF",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"\x00\x00\x00\x0cjP": "a JPEG 2000 image",
    b"\xff\x4f\xff\x51": "a JPEG 2000 codestream",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"GIF8": "a GIF image",
    b"\x7fELF": "a program",
    b"<": "XML or HTML",
}


def has_prefix(head: bytes) -> bool:
    """Say whether the input starts with a preamble and the DICOM prefix."""
    # PS3.10 7.1: 128 bytes of preamble, then "DICM"
    return head[128:132] == b"DICM"


def is_json(head: bytes) -> bool:
    """Say whether the input starts as a JSON object or array does."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


def is_dicom_json(head: bytes) -> bool:
    """Say whether the input starts as DICOM JSON does."""
    return _DICOM_JSON.match(head) is not None


def is_data_set(head: bytes, size: int) -> bool:
    """Say whether an input of so many bytes starts as a data set without a prefix does."""
    if len(head) < 8 or not any(head[:8]):
        return False
    if head[4:6] in VRS:
        return head[:2] in {b"\x02\0", b"\x08\0", b"\0\x08"}
    group, _, length = unpack("<HHL", head[:8])
    return group in {2, 8} and length <= size - 8


def kind(head: bytes) -> str:
    """Return what an input is that isn't DICOM, if its first bytes tell, else an empty string."""
    if not head:
        return "an empty file"
    for start, name in _KINDS.items():
        if head.startswith(start):
            return name
    return "JSON" if is_json(head) else ""
