"""The whole catalogue: every code that a finding may have.

How it decides:
1. A code is in CATALOGUE or it doesn't exist: a Finding with another code raises KeyError.
2. A code never says its severity; the catalogue gives the default, a profile may set another.
"""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Ours(Enum):
    """Whether a relation is found by this validator alone, of those that are compared."""

    NO = "no"
    IN_PART = "in part"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the catalogue: the code's default severity, its meaning, the clause it rests on.

    `ours` says of relations whether dciodvfy has them too; None for other codes.
    """

    severity: Severity
    meaning: str
    clause: str
    ours: Ours | None = None


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE
_NO, _IN_PART, _ALONE = Ours.NO, Ours.IN_PART, Ours.ALONE

CATALOGUE: dict[str, Entry] = {
    "module/mandatory-missing": Entry(
        _E, "A Module of Usage M has none of its Attributes in the data set.", "PS3.3 A.1.3.1"
    ),
    "module/conditional-missing": Entry(
        _E, "A Module whose condition holds has none of its Attributes there.", "PS3.3 A.1.3.2"
    ),
    "module/not-permitted": Entry(
        _E, "A Module is present though its condition doesn't hold.", "PS3.3 A.1.3.2"
    ),
    "attribute/type-1-missing": Entry(_E, "An Attribute of Type 1 is absent.", "PS3.5 7.4.1"),
    "attribute/type-1-empty": Entry(
        _E, "An Attribute of Type 1 is present without a value.", "PS3.5 7.4.1"
    ),
    "attribute/type-1c-missing": Entry(
        _E, "An Attribute of Type 1C is absent though its condition holds.", "PS3.5 7.4.2"
    ),
    "attribute/type-1c-empty": Entry(
        _E, "An Attribute of Type 1C is present without a value.", "PS3.5 7.4.2"
    ),
    "attribute/type-2-missing": Entry(_E, "An Attribute of Type 2 is absent.", "PS3.5 7.4.3"),
    "attribute/type-2c-missing": Entry(
        _E, "An Attribute of Type 2C is absent though its condition holds.", "PS3.5 7.4.4"
    ),
    "attribute/not-permitted": Entry(
        _E,
        "A conditional Attribute is present though nothing permits it there.",
        "PS3.5 7.4.2, 7.4.4",
    ),
    "sequence/item-count": Entry(
        _E, "A Sequence has more or fewer Items than its description allows.", "PS3.3 5.2"
    ),
    "sequence/not-a-sequence": Entry(
        _E, "An Attribute that is a Sequence is encoded with another VR.", "PS3.5 6.2"
    ),
    "functional-group/missing": Entry(
        _E,
        "A Functional Group Macro of Usage M is neither shared nor in every frame.",
        "PS3.3 C.7.6.16.1.1",
    ),
    "functional-group/in-both": Entry(
        _E,
        "A Functional Group is both shared and in a frame's Item.",
        "PS3.3 C.7.6.16.1.1",
    ),
    "functional-group/not-permitted": Entry(
        _E,
        "A Functional Group stands where the IOD doesn't permit it: shared, or per frame.",
        "PS3.3 C.7.6.16.1.1",
    ),
    "functional-group/frame-count": Entry(
        _E,
        "The number of Per-frame Functional Groups Items is not Number of Frames.",
        "PS3.3 C.7.6.16",
    ),
    "encoding/element-order": Entry(
        _E, "An element is not in ascending order of tags.", "PS3.5 7.1"
    ),
    "encoding/duplicate-element": Entry(
        _E, "An element comes twice in the same data set or Item.", "PS3.5 7.1"
    ),
    "encoding/odd-length": Entry(
        _E, "The length of a value, an Item or a fragment is odd.", "PS3.5 7.1.1, 7.5.1, A.4"
    ),
    "encoding/undefined-length": Entry(
        _E, "A length is undefined, with a VR that may not have that.", "PS3.5 7.1.1, 7.1.2"
    ),
    "encoding/vr-unknown": Entry(
        _E, "An element is encoded with a VR that the standard doesn't have.", "PS3.5 6.2"
    ),
    "encoding/vr-missing": Entry(
        _E, "An element is encoded without a VR where the others have one.", "PS3.5 7.1"
    ),
    "encoding/reserved-bytes": Entry(
        _E, "The two reserved bytes after a VR are not zero.", "PS3.5 7.1.2"
    ),
    "encoding/delimiter": Entry(
        _E, "A delimiter stands where none is due, or has a length.", "PS3.5 7.5.1, 7.5.2"
    ),
    "encoding/sequence-not-followed": Entry(
        _E, "A Sequence says it has Items, and they can't be followed.", "PS3.5 7.5"
    ),
    "encoding/group-length": Entry(
        _E, "A group length, which is retired, is not that of its group.", "PS3.5 7.2"
    ),
    "encoding/transfer-syntax": Entry(
        _E, "The data set is not encoded as its Transfer Syntax says.", "PS3.10 7.2"
    ),
    "encoding/trailing-bytes": Entry(
        _E, "Bytes that are no element follow the data set.", "PS3.10 7.2"
    ),
    "encoding/json-duplicate": Entry(
        _E, "DICOM JSON has the same Attribute, or member, twice.", "PS3.18 F.2.2"
    ),
    "encoding/json-tag": Entry(
        _E, "A tag in DICOM JSON is not written in capitals.", "PS3.18 F.2.2"
    ),
    "encoding/json-vr-missing": Entry(_E, "An Attribute in DICOM JSON has no vr.", "PS3.18 F.2.2"),
    "encoding/json-value": Entry(
        _E, "The value of an Attribute is written as DICOM JSON doesn't have it.", "PS3.18 F.2.2"
    ),
    "file-meta/no-prefix": Entry(_E, "A file has no preamble and no DICOM prefix.", "PS3.10 7.1"),
    "file-meta/preamble-used": Entry(
        _N, "The preamble is used, perhaps by a file of another kind.", "PS3.10 7.1"
    ),
    "file-meta/missing": Entry(_E, "A file has no File Meta Information.", "PS3.10 7.1"),
    "file-meta/group-length": Entry(
        _E, "The group length of File Meta Information is not its length.", "PS3.10 7.1"
    ),
    "file-meta/element-missing": Entry(
        _E, "File Meta Information lacks an element of Type 1.", "PS3.10 7.1"
    ),
    "file-meta/element-empty": Entry(
        _E, "An element of Type 1 of File Meta Information has no value.", "PS3.10 7.1"
    ),
    "file-meta/not-in-table": Entry(
        _W, "File Meta Information has an element that is reserved.", "PS3.10 7.1"
    ),
    "file-meta/vr": Entry(
        _E, "An element of File Meta Information is encoded with another VR.", "PS3.5 7.1.1"
    ),
    "file-meta/version": Entry(_E, "File Meta Information is not of version 1.", "PS3.10 7.1"),
    "file-meta/sop-class-differs": Entry(
        _E, "Media Storage SOP Class UID is not the data set's SOP Class UID.", "PS3.10 7.1"
    ),
    "file-meta/sop-instance-differs": Entry(
        _E, "Media Storage SOP Instance UID is not the data set's SOP Instance UID.", "PS3.10 7.1"
    ),
    "file-meta/transfer-syntax": Entry(
        _E, "Transfer Syntax UID names no Transfer Syntax.", "PS3.10 7.1"
    ),
    "file-meta/transfer-syntax-retired": Entry(_W, "The Transfer Syntax is retired.", "PS3.6 A"),
    "file-meta/private-information": Entry(
        _E, "Private Information stands without its creator, or its creator alone.", "PS3.10 7.1"
    ),
    "uid/of-another-kind": Entry(
        _E, "A UID of the registry stands where something else is to be named.", "PS3.6 A"
    ),
    "charset/unknown": Entry(
        _E, "Specific Character Set has a term that isn't defined.", "PS3.3 C.12.1.1.2"
    ),
    "charset/combination": Entry(
        _E,
        "Specific Character Set has terms that don't go together, or not in that order.",
        "PS3.3 C.12.1.1.2",
    ),
    "charset/term-misplaced": Entry(
        _W,
        "Specific Character Set has a term for several Values alone, or the other way round.",
        "PS3.3 C.12.1.1.2",
    ),
    "charset/beyond-default": Entry(
        _E,
        "Text goes beyond the default repertoire, with no Specific Character Set.",
        "PS3.5 6.1.2.3",
    ),
    "charset/undecodable": Entry(
        _E, "Text has bytes that its Specific Character Set doesn't have.", "PS3.5 6.1.2.3"
    ),
    "charset/escape": Entry(
        _E,
        "Text has an escape sequence that isn't announced, or lacks one that is due.",
        "PS3.5 6.1.2.5",
    ),
    "value/representation": Entry(
        _E, "A Value is none that its Value Representation can have.", "PS3.5 6.2"
    ),
    "value/too-long": Entry(
        _E, "A Value is longer than its Value Representation allows.", "PS3.5 6.2"
    ),
    "value/padding": Entry(
        _E, "A Value is padded with another byte than it should be, or too far.", "PS3.5 6.2"
    ),
    "value/line-ending": Entry(
        _W, "A line of text ends with CR or LF, and not with both.", "PS3.5 6.1.3"
    ),
    "value/multiplicity": Entry(
        _E,
        "An element has more or fewer Values than the registry, or its row or section, allows.",
        "PS3.5 6.4",
    ),
    "value/vr-mismatch": Entry(
        _E,
        "An element is encoded with another Value Representation than the registry's.",
        "PS3.5 7.1.1, A.2, A.4",
    ),
    "value/vr-former": Entry(
        _W,
        "An element is encoded with the Value Representation of an earlier edition.",
        "PS3.5 7.1.1, A.2",
    ),
    "value/vr-un": Entry(_N, "An element that the registry has is encoded as UN.", "PS3.5 6.2.2"),
    "uid/root": Entry(_E, "A UID begins as no registered one can.", "PS3.5 9.2"),
    "uid/unassigned-root": Entry(
        _W, "A UID begins with an arc of ISO that isn't assigned.", "PS3.5 9.2"
    ),
    "uid/standard-root": Entry(
        _E, "A UID below the standard's own root is used for something of one's own.", "PS3.5 9"
    ),
    "relation/count": Entry(
        _E,
        "There are not as many Items or Values as another element says, or has.",
        "PS3.3 C.8.8.14, C.8.8.6, C.10.5, C.7.6.16.2.2",
        _IN_PART,
    ),
    "relation/numbering": Entry(
        _E,
        "Items that number themselves skip a number, begin with another, or share one.",
        "PS3.3 C.8.20.2.4, C.8.8.5, C.8.8.14",
        _IN_PART,
    ),
    "relation/reference-missing": Entry(
        _E,
        "What an element refers to within the data set isn't there.",
        "PS3.3 C.7.6.6.1.2, C.8.8.6, C.17.2.3, C.17.3.2.5, C.8.20.3.1",
        _IN_PART,
    ),
    "relation/range": Entry(
        _E,
        "A number is less or more than it may be.",
        "PS3.3 10.7.1.3, C.11.2.1.2, C.7.6.16.2.2",
        _IN_PART,
    ),
    "relation/order": Entry(
        _E,
        "Values, or Items, don't rise, or fall, as they shall.",
        "PS3.3 C.8.8.3.2, C.8.8.14.5",
        _ALONE,
    ),
    "relation/date-order": Entry(
        _N,
        "What ends does so before it begins, or a Study before the patient is born.",
        "PS3.3 C.7.2.1, 10.13, C.4.10, C.8.9.2, C.8.21.3.1.1, C.8.8.23, C.30.3",
        _ALONE,
    ),
    "relation/contradiction": Entry(
        _E,
        "Two elements are each possible, but not together.",
        "PS3.3 C.7.6.17.1, C.11.2.1.2.2",
        _IN_PART,
    ),
    "relation/orientation": Entry(
        _E,
        "The row and column of an image plane aren't of length one, or aren't orthogonal.",
        "PS3.3 C.7.6.2.1.1",
        _NO,
    ),
    "relation/direction": Entry(
        _W,
        "Direction cosines aren't of length one, or of row and column aren't orthogonal.",
        "PS3.3 C.8.13.5.13",
        _NO,
    ),
    "relation/same-uid": Entry(
        _E,
        "The same UID stands for two different things of the data set.",
        "PS3.5 9",
        _IN_PART,
    ),
    "attribute/retired": Entry(_W, "An Attribute, or a Group Length, is retired.", "PS3.6 6"),
    "attribute/unknown": Entry(
        _W, "An element that isn't private is not in the registry of the edition.", "PS3.6 6"
    ),
    "attribute/not-in-iod": Entry(
        _W,
        "An Attribute is in no Module or Functional Group of the IOD (Standard Extended).",
        "PS3.3 A.1.3",
    ),
    "attribute/misplaced": Entry(
        _W,
        "An Attribute stands where the IOD doesn't have it, and has it elsewhere.",
        "PS3.3 A.1.3",
    ),
    "attribute/group-not-permitted": Entry(
        _E,
        "An element is of a group that a data set, or an Item, may not have.",
        "PS3.5 7.1, 7.5, 7.6, 7.8.1",
    ),
    "attribute/private": Entry(
        _N, "Private elements, told by the Private Creator of their block.", "PS3.5 7.8"
    ),
    "attribute/private-without-creator": Entry(
        _E, "No Private Creator reserves the block of private elements.", "PS3.5 7.8.1"
    ),
    "attribute/private-creator": Entry(
        _E,
        "A Private Creator is not one value of VR LO in the default repertoire.",
        "PS3.5 7.8.1",
    ),
    "attribute/private-creator-twice": Entry(
        _E, "The same Private Creator reserves two blocks of a group.", "PS3.5 7.8.1"
    ),
    "attribute/private-not-permitted": Entry(
        _E, "An element of an odd group has a number that none may have.", "PS3.5 7.8.1"
    ),
    "attribute/in-private-item": Entry(
        _E,
        "Pixel Data, Waveform Data or Overlay Data stand within a private Sequence.",
        "PS3.5 7.8.2",
    ),
    "charset/in-item": Entry(
        _E, "An Item has a Specific Character Set that the IOD doesn't have there.", "PS3.5 7.5.3"
    ),
    "value/not-enumerated": Entry(
        _E, "A Value is not among its Attribute's Enumerated Values.", "PS3.5 6.3"
    ),
    "value/not-a-defined-term": Entry(
        _W, "A Value is not among its Attribute's Defined Terms.", "PS3.5 6.3"
    ),
    "pixel-data/bits-allocated": Entry(
        _E, "Bits Allocated is neither 1 nor a multiple of 8.", "PS3.5 8.1.1"
    ),
    "pixel-data/bits-stored": Entry(_E, "Bits Stored is more than Bits Allocated.", "PS3.5 8.1.1"),
    "pixel-data/high-bit": Entry(_E, "High Bit is not one less than Bits Stored.", "PS3.5 8.1.1"),
    "pixel-data/samples-per-pixel": Entry(
        _E, "Samples per Pixel is not that of Photometric Interpretation.", "PS3.3 C.7.6.3.1.2"
    ),
    "pixel-data/planar-configuration": Entry(
        _E, "Planar Configuration is not that of Photometric Interpretation.", "PS3.3 C.7.6.3.1.2"
    ),
    "pixel-data/no-pixels": Entry(_W, "Rows or Columns is 0.", "PS3.3 C.7.6.3.3"),
    "pixel-data/aspect-ratio": Entry(
        _W, "Pixel Aspect Ratio has a size that isn't more than 0.", "PS3.3 C.7.6.3.1.7"
    ),
    "pixel-data/too-short": Entry(
        _E, "Pixel Data is shorter than its description says.", "PS3.5 8.1.1, A.4.11"
    ),
    "pixel-data/too-long": Entry(
        _E, "Pixel Data is longer than its description says, and padding.", "PS3.5 8.1.1, A.4.11"
    ),
    "pixel-data/encapsulation": Entry(
        _E, "Pixel Data is encapsulated, or isn't, against the Transfer Syntax.", "PS3.5 A.4"
    ),
    "pixel-data/photometric-interpretation": Entry(
        _E,
        "Photometric Interpretation is none that the form or Transfer Syntax may have.",
        "PS3.5 8.2, 8.2.1, 8.2.2, 8.2.3, 8.2.4, 8.2.14",
    ),
    "pixel-data/not-of-transfer-syntax": Entry(
        _E,
        "A value that describes pixels is none that the Transfer Syntax has.",
        "PS3.5 8.2.1, 8.2.2, 8.2.3, 8.2.4, 8.2.14",
    ),
    "pixel-data/lossy": Entry(
        _E, "Lossy Image Compression denies a loss that there is.", "PS3.3 C.7.6.1.1.5"
    ),
    "pixel-data/fragments": Entry(
        _E,
        "The fragments of encapsulated Pixel Data don't go with the frames.",
        "PS3.5 A.4, A.4.1, A.4.2, A.4.4",
    ),
    "pixel-data/basic-offset-table": Entry(
        _E, "The Basic Offset Table isn't that of the frames.", "PS3.5 A.4"
    ),
    "pixel-data/extended-offset-table": Entry(
        _E, "The Extended Offset Table isn't that of the frames.", "PS3.3 C.7.6.3.1.8"
    ),
    "pixel-data/total-length": Entry(
        _E,
        "The total length of encapsulated Pixel Data isn't that of the fragments.",
        "PS3.3 C.7.6.6",
    ),
    "pixel-data/bitstream": Entry(
        _E,
        "A frame doesn't begin with a codestream of the Transfer Syntax.",
        "PS3.5 A.4, A.4.1, A.4.3, A.4.4, G.5",
    ),
    "pixel-data/bitstream-size": Entry(
        _E,
        "Rows, Columns or Samples per Pixel is not what the codestream says.",
        "PS3.5 8.2.1, 8.2.3, 8.2.4, 8.2.14",
    ),
    "pixel-data/bitstream-precision": Entry(
        _W,
        "Bits Stored or Pixel Representation is not what the codestream says.",
        "PS3.5 8.2.1, 8.2.3, 8.2.4, 8.2.14",
    ),
    "pixel-data/color-transformation": Entry(
        _E,
        "Photometric Interpretation is not the component transformation of the codestream.",
        "PS3.5 8.2.4, 8.2.14",
    ),
    "pixel-data/value-range": Entry(
        _W, "The smallest or largest pixel value is one that no pixel can have.", "PS3.5 8.1.1"
    ),
    "pixel-data/padding": Entry(
        _E, "A padding value can't be a pixel's, or is beyond its limit.", "PS3.3 C.7.5.1.1.2"
    ),
    "pixel-data/icon": Entry(_E, "An icon is not as icons shall be.", "PS3.3 C.7.6.1.1.6, F.7"),
    "lut/descriptor": Entry(
        _E,
        "A value of a LUT's descriptor is none that it may have.",
        "PS3.3 C.11.1.1.1, C.11.2.1.1, C.11.6.1.1, C.7.6.3.1.5",
    ),
    "lut/descriptors-differ": Entry(
        _E, "The descriptors of a palette aren't the same.", "PS3.3 C.7.6.3.1.5"
    ),
    "lut/data-length": Entry(
        _E,
        "The data of a LUT haven't the length that its descriptor says.",
        "PS3.3 C.11.1.1.1, C.11.2.1.1, C.11.6.1.1, C.7.6.3.1.5",
    ),
    "lut/segments": Entry(
        _E, "The segments of a palette can't be followed, or don't add up.", "PS3.3 C.7.9.2"
    ),
    "overlay/data-length": Entry(
        _E, "Overlay Data haven't the length that rows and columns say.", "PS3.5 8.1.2"
    ),
    "waveform/bits": Entry(_E, "Waveform Bits Allocated is none that there is.", "PS3.5 8.3"),
    "waveform/data-length": Entry(
        _E, "Waveform Data haven't the length that channels and samples say.", "PS3.3 C.10.9.1.7"
    ),
    "spectroscopy/data-length": Entry(
        _E, "Spectroscopy Data haven't the length that voxels and points say.", "PS3.3 C.8.14.4"
    ),
    "encapsulated-document/length": Entry(
        _E, "Encapsulated Document Length is not that of the document.", "PS3.3 C.24.2"
    ),
    "icc-profile/header": Entry(
        _E, "An ICC Profile is not one of an input device.", "PS3.3 C.11.15.1.1"
    ),
    "instance/unreadable": Entry(_E, "The input could not be read as DICOM.", "PS3.10 7"),
    "instance/unknown-sop-class": Entry(
        _E, "The SOP Class is absent, or not one that this edition defines.", "PS3.4 B.5"
    ),
    "instance/retired-sop-class": Entry(
        _W, "The SOP Class is retired; this edition describes no IOD for it.", "PS3.4 B.6"
    ),
    "internal/check-crashed": Entry(
        _E, "A check of this tool failed; what it would have found is not known.", "none"
    ),
}

NOT_COUNTED_AS_FAILURE = frozenset(
    {"instance/unreadable", "instance/unknown-sop-class"}
)  # they have verdicts and an exit status of their own
