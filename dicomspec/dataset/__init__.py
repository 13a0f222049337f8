"""What is validated: a Part 10 file, DICOM JSON, a DICOMDIR, a stream. It never trusts its input.

How it reads:
1. Nothing is decoded that needn't be: elements stay raw, Sequences become Items, and bulk stays in
   the file (`ds.get_item(tag)` gives it with the value None; `ds[tag].value` is a stream onto it).
2. A structure that can't be followed is `Unreadable`, with the byte where reading stopped. A
   Sequence of defined length that can't be followed stays raw, since what comes after it can be:
   see `items`.
3. What could be followed but isn't as it should be is a remark: a code of the catalogue, the place
   and the byte. Neither a remark nor a reason holds a value.
4. Depth, number of elements, inflated size and length of streams have limits: see `limits`.

pydicom is imported when something is read, not before.
"""

from dicomspec.dataset.bulk import (
    Fragments,
    fragments,
    integer,
    is_encapsulated,
    piece,
    unsigned,
    value_length,
)
from dicomspec.dataset.codestream import Codestream, codestream
from dicomspec.dataset.complaints import Remark
from dicomspec.dataset.counting import how_many, numbers
from dicomspec.dataset.discovery import discover
from dicomspec.dataset.elements import dictionary_vr, each, element, empty, is_empty, items, vr
from dicomspec.dataset.faults import BadElement, Skipped, Unreadable
from dicomspec.dataset.instance import Instance, from_dataset
from dicomspec.dataset.quiet import quiet
from dicomspec.dataset.reading import from_json, read
from dicomspec.dataset.repertoire import beyond_default
from dicomspec.dataset.syntax import LIST_VRS, SINGLE_VRS
from dicomspec.dataset.values import shown, strings

__all__ = [
    "LIST_VRS",
    "SINGLE_VRS",
    "BadElement",
    "Codestream",
    "Fragments",
    "Instance",
    "Remark",
    "Skipped",
    "Unreadable",
    "beyond_default",
    "codestream",
    "dictionary_vr",
    "discover",
    "each",
    "element",
    "empty",
    "fragments",
    "from_dataset",
    "from_json",
    "how_many",
    "integer",
    "is_empty",
    "is_encapsulated",
    "items",
    "numbers",
    "piece",
    "quiet",
    "read",
    "shown",
    "strings",
    "unsigned",
    "value_length",
    "vr",
]
