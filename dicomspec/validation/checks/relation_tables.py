"""What elements have to do with each other, as PS3.3 lays down row by row.

Each line is a relation that a row of a table of Attributes, or the section named above it, gives
with "shall", or defines ("2N Values, where N is Number of …"). A finding cites the very row that
holds the Attribute in the IOD at hand.

`within` is the Sequence whose Items hold the element: ROOT for the data set itself, None for any.
"""

from typing import NamedTuple

ROOT = 0


class Counted(NamedTuple):
    """An element has as many Items or Values as another one says, `times` and `plus` so many.

    The other is looked for in the same Item, then in those around it; a Sequence's Items count.
    """

    within: int | None
    tag: int
    by: int
    times: int = 1
    plus: int = 0
    item: int = 0  # only in this one of the Items; 0 for all


class Same(NamedTuple):
    """An element has as many Values as another one in the same Item, if both are there."""

    tag: int
    other: int


class Numbered(NamedTuple):
    """The Items of a Sequence number themselves in order, one by one from `first` on."""

    within: int
    tag: int
    first: int = 1


class Persons(NamedTuple):
    """A Sequence of several Items describes the persons that another element names, all of them."""

    within: int
    tag: int


class Unique(NamedTuple):
    """No two Items of a Sequence have the same Value."""

    within: int
    tag: int


class Reference(NamedTuple):
    """A Value is among those that an element has in the Items of a Sequence nearby.

    The Sequence is looked for in the same Item, then in those around it. Several References of one
    tag are alternatives: the first whose Sequence is there counts. Where none is, nothing is said:
    that a Sequence is missing is a finding of its own.
    """

    within: int | None
    tag: int
    sequence: int
    target: int


class Bound(NamedTuple):
    """Numbers that an element may have: from `least`, or if `above` more than it, to `most`.

    `tables` are those whose row says so, () for all.
    """

    tag: int
    least: float
    above: bool = False
    most: float | None = None
    tables: tuple[str, ...] = ()


COUNTED: tuple[Counted, ...] = (
    # PS3.3 C.8.4
    Counted(ROOT, 0x00540012, 0x00540011),  # Energy Window Information Sequence
    Counted(ROOT, 0x00540022, 0x00540021),  # Detector Information Sequence
    Counted(ROOT, 0x00540052, 0x00540051),  # Rotation Information Sequence
    Counted(ROOT, 0x00540032, 0x00540031),  # Phase Information Sequence
    Counted(None, 0x00540062, 0x00540061),  # Gated Information Sequence
    Counted(None, 0x00540072, 0x00540071),  # Time Slot Information Sequence
    # PS3.3 C.8.5.5
    Counted(0x00186011, 0x00409098, 0x00186056),  # Pixel Value Mapping Code Sequence
    Counted(0x00186011, 0x00186058, 0x00186056),  # Table of Pixel Values
    Counted(0x00186011, 0x0018605A, 0x00186056),  # Table of Parameter Values
    Counted(0x00186011, 0x00186052, 0x00186050),  # Table of X Break Points
    Counted(0x00186011, 0x00186054, 0x00186050),  # Table of Y Break Points
    # PS3.3 C.8.8.14
    Counted(0x300A00B0, 0x300A0111, 0x300A0110),  # Control Point Sequence
    Counted(0x300A0111, 0x300A0116, 0x300A00D0),  # Wedge Position Sequence
    # PS3.3 C.8.8.15, C.8.8.22
    Counted(0x300A0280, 0x300A02D0, 0x300A0110),  # Brachy Control Point Sequence
    Counted(0x30080130, 0x30080160, 0x300A0110),  # Brachy Control Point Delivered Sequence
    Counted(0x30080130, 0x30080171, 0x30080138),
    # PS3.3 C.8.8.21
    Counted(0x30080020, 0x30080040, 0x300A0110),  # Control Point Delivery Sequence
    # PS3.3 C.8.8.25
    Counted(0x300A03A2, 0x300A03AA, 0x300A00D0),  # Ion Wedge Sequence
    Counted(0x300A03A2, 0x300A02EA, 0x300A00E0),  # Ion Range Compensator Sequence
    Counted(0x300A03A2, 0x300C00B0, 0x300A00ED),  # Referenced Bolus Sequence
    Counted(0x300A03A2, 0x300A03A6, 0x300A00F0),  # Ion Block Sequence
    Counted(0x300A03A2, 0x300A0314, 0x300A0312),  # Range Shifter Sequence
    Counted(0x300A03A2, 0x300A0332, 0x300A0330),  # Lateral Spreading Device Sequence
    Counted(0x300A03A2, 0x300A0342, 0x300A0340),  # Range Modulator Sequence
    Counted(0x300A03A2, 0x300A03A8, 0x300A0110),  # Ion Control Point Sequence
    Counted(0x300A03A8, 0x300A03AC, 0x300A00D0),  # Ion Wedge Position Sequence
    Counted(None, 0x300A0441, 0x300A0440),  # Block Slab Sequence
    # PS3.3 C.8.8.26
    Counted(0x30080021, 0x300800B0, 0x300A00D0),  # Recorded Wedge Sequence
    Counted(0x30080021, 0x300800C0, 0x300A00E0),  # Recorded Compensator Sequence
    Counted(0x30080021, 0x300C00B0, 0x300A00ED),  # Referenced Bolus Sequence
    Counted(0x30080021, 0x300800D0, 0x300A00F0),  # Recorded Block Sequence
    Counted(0x30080021, 0x300800F2, 0x300A0312),  # Recorded Range Shifter Sequence
    Counted(0x30080021, 0x300800F4, 0x300A0330),  # Recorded Lateral Spreading Device Sequence
    Counted(0x30080021, 0x300800F6, 0x300A0340),  # Recorded Range Modulator Sequence
    Counted(0x30080021, 0x30080041, 0x300A0110),  # Ion Control Point Delivery Sequence
    Counted(0x30080041, 0x300A03AC, 0x300A00D0),  # Ion Wedge Position Sequence
    Counted(None, 0x300800D1, 0x300A0440),  # Recorded Block Slab Sequence
    Counted(None, 0x300A038F, 0x300A0392),  # Scan Spot Time Offset
    Counted(None, 0x300A0394, 0x300A0392, 2),  # Scan Spot Position Map
    Counted(None, 0x300A0399, 0x300A0392, 2),  # Scan Spot Sizes Delivered
    # PS3.3 C.8.8.2, C.8.8.14, C.8.8.25: data streams of points
    Counted(None, 0x300A0106, 0x300A0104, 2),  # Block Data
    Counted(None, 0x300A00BE, 0x300A00BC, 1, 1),  # Leaf Position Boundaries
    # PS3.3 C.8.8.6, C.21.2
    Counted(None, 0x30060050, 0x30060046, 3),  # Contour Data
    # PS3.3 C.8.23.1, C.27.1, C.27.3, C.33.2
    Counted(0x00620002, 0x0066002B, 0x0066002A),  # Referenced Surface Sequence
    Counted(ROOT, 0x00660002, 0x00660001),  # Surface Sequence
    Counted(None, 0x00800006, 0x00660015),  # Surface Point Presentation Value Data
    # PS3.3 C.36: RT Second Generation
    Counted(None, 0x300A0686, 0x300A0687),  # Patient Support Devices Sequence
    Counted(None, 0x300A067B, 0x300A0685),  # Radiation GenerationMode Sequence
    Counted(None, 0x300A064D, 0x300A0641),  # RT Beam Limiting Device Definition Sequence
    Counted(None, 0x300A0651, 0x300A00D0),  # Wedge Definition Sequence
    Counted(None, 0x300A0662, 0x300A00E0),  # Compensator Definition Sequence
    Counted(None, 0x300A066A, 0x300A00F0),  # Block Definition Sequence
    Counted(None, 0x300A0614, 0x300A0670),  # RT Accessory Holder Definition Sequence
    Counted(None, 0x300A0671, 0x300A0672),  # General Accessory Definition Sequence
    Counted(None, 0x300A0673, 0x300A0674),  # Bolus Definition Sequence
    Counted(None, 0x30020117, 0x30020116),  # Acquisition Device Sequence
    Counted(ROOT, 0x300A062F, 0x300A0604),  # C-Arm Photon-Electron Control Point Sequence
    Counted(ROOT, 0x30100098, 0x300A0604),  # Tomotherapeutic Control Point Sequence
    Counted(ROOT, 0x30100097, 0x300A0604),  # Robotic Path Control Point Sequence
    Counted(ROOT, 0x300A0722, 0x300A0604),  # RT Radiation Salvage Record Control Point Sequence
    # PS3.3 C.10.9, C.11.16, C.33.1, 10.38
    Counted(0x54000100, 0x003A0200, 0x003A0005),  # Channel Definition Sequence
    Counted(ROOT, 0x00720102, 0x00720100),  # Nominal Screen Definition Sequence
    Counted(ROOT, 0x00820007, 0x00820006),  # Assessment Observations Sequence
    Counted(None, 0x00181638, 0x00181637, 2),  # Vertices of the Polygonal Outline
    # PS3.3 C.8.8.13, C.8.8.14
    Counted(0x300A0070, 0x300C0004, 0x300A0080),  # Referenced Beam Sequence
    Counted(0x300A0070, 0x300C000A, 0x300A00A0),
    Counted(0x300A00B0, 0x300A00D1, 0x300A00D0),  # Wedge Sequence
    Counted(0x300A00B0, 0x300A00E3, 0x300A00E0),  # Compensator Sequence
    Counted(0x300A00B0, 0x300C00B0, 0x300A00ED),  # Referenced Bolus Sequence
    Counted(0x300A00B0, 0x300A00F4, 0x300A00F0),  # Block Sequence
    Counted(0x300A0111, 0x300A011A, 0x300A00B6, item=1),  # the first Control Point
    # PS3.3 C.8.8.4, C.27.2
    Counted(None, 0x30040058, 0x30040056, 2),  # DVH Data
    Counted(None, 0x00660016, 0x00660015, 3),  # Point Coordinates Data
    Counted(None, 0x300A011C, 0x300A00BC, 2),  # Leaf/Jaw Positions
    # PS3.3 C.7.6.16.2.2, C.8.7.1
    Counted(None, 0x00209157, 0x00209222),  # Dimension Index Values
    Counted(ROOT, 0x00182002, 0x00280008),  # Frame Label Vector
)

SAME: tuple[Same, ...] = (
    # PS3.3 C.11.2.1.2.2, C.8.11.3.1.5
    Same(0x00281051, 0x00281050),  # Window Width
    # PS3.3 10.2
    Same(0x0040A161, 0x0040A30A),  # Floating Point Value: Numeric Value
    Same(0x0040A162, 0x0040A30A),  # Rational Numerator Value
    Same(0x0040A163, 0x0040A30A),  # Rational Denominator Value
    # PS3.3 10.17
    Same(0x00720054, 0x00720052),  # Selector Sequence Pointer Private Creator
    Same(0x00741057, 0x00720052),  # Selector Sequence Pointer Items
    # PS3.3 C.7.6.9
    Same(0x00286022, 0x00286020),  # Frame of Interest Description: Frame Numbers of Interest
    Same(0x00286023, 0x00286020),  # Frame of Interest Type
)

NUMBERED: tuple[Numbered, ...] = (
    Numbered(0x00620002, 0x00620004),  # Segment Sequence: Segment Number
    Numbered(0x00660002, 0x00660003),  # Surface Sequence: Surface Number
    Numbered(0x00660101, 0x00660105),  # Track Set Sequence: Track Set Number
    Numbered(0x006A0002, 0x0040A180),  # Annotation Group Sequence: Annotation Group Number
    Numbered(0x300C0116, 0x300C0117),  # Plan Overview Sequence: Plan Overview Index
    Numbered(0x300A0441, 0x300A0443),  # Block Slab Sequence: Block Slab Number
    Numbered(0x300800D1, 0x300A0443),  # Recorded Block Slab Sequence: Block Slab Number
    Numbered(0x00701201, 0x00701207),
    Numbered(0x00701301, 0x00701309),
    Numbered(0x00701B01, 0x00701B02),  # Advanced Blending Sequence: Blending Input Number
    Numbered(0x00720200, 0x00720202),  # Display Sets Sequence: Display Set Number
    Numbered(0x00720300, 0x00720302),  # Image Boxes Sequence: Image Box Number
    Numbered(0x006862C0, 0x006862D0),  # HPGL Document Sequence: HPGL Document ID
    Numbered(0x006863B0, 0x006863C0),  # Mating Feature Sets Sequence: Mating Feature Set ID
    Numbered(0x00686400, 0x00686410),
    Numbered(0x300A063F, 0x300A0606),  # Treatment Position Sequence: Treatment Position Index
    Numbered(0x300A062F, 0x300A0600),
    Numbered(0x30100098, 0x300A0600),
    Numbered(0x30100097, 0x300A0600),
    Numbered(0x300A067B, 0x300A0601),
    Numbered(0x30100057, 0x30100058),
    Numbered(0x3010006B, 0x3010003C),  # RT Prescription Sequence: RT Prescription Index
    Numbered(0x3010004B, 0x3010003A),
    Numbered(0x3010002A, 0x3010003D),
    Numbered(0x30100021, 0x30100022),  # Segment Reference Sequence: Segment Reference Index
    Numbered(0x300A0618, 0x300A0603),
    Numbered(0x30020118, 0x3002011C),  # Acquisition Task Sequence: Acquisition Task Index
    Numbered(0x3002011A, 0x3002011D),
    Numbered(0x300A0111, 0x300A0112, 0),  # Control Point Sequence: Control Point Index
    Numbered(0x300A03A8, 0x300A0112, 0),  # Ion Control Point Sequence: Control Point Index
    Numbered(0x300A02D0, 0x300A0112, 0),  # Brachy Control Point Sequence: Control Point Index
    Numbered(0x0078002A, 0x0078002E),
    Numbered(0x300A0686, 0x30100039),  # Patient Support Devices Sequence: Device Index
    Numbered(0x300A0651, 0x30100039),  # Wedge Definition Sequence: Device Index
    Numbered(0x300A0662, 0x30100039),  # Compensator Definition Sequence: Device Index
    Numbered(0x300A066A, 0x30100039),  # Block Definition Sequence: Device Index
    Numbered(0x300A0614, 0x30100039),  # RT Accessory Holder Definition Sequence: Device Index
    Numbered(0x300A0671, 0x30100039),  # General Accessory Definition Sequence: Device Index
    Numbered(0x300A0673, 0x30100039),  # Bolus Definition Sequence: Device Index
    Numbered(0x300A064D, 0x30100039),
    Numbered(0x30020117, 0x30100039),  # Acquisition Device Sequence: Device Index
    Numbered(0x00180012, 0x00189337),
    Numbered(0x00540016, 0x00189729),  # Radiopharmaceutical Agent Number
)

PERSONS: tuple[Persons, ...] = (
    Persons(0x00081072, 0x00081070),  # Operator Identification Sequence
    Persons(0x00081052, 0x00081050),  # Performing Physician Identification Sequence
    Persons(0x0008009D, 0x0008009C),  # Consulting Physician Identification Sequence
    Persons(0x00081049, 0x00081048),  # Physician(s) of Record Identification Sequence
    Persons(0x00081062, 0x00081060),  # Physician(s) Reading Study Identification Sequence
)

UNIQUE: tuple[Unique, ...] = (
    Unique(0x300A0420, 0x300A0424),  # General Accessory Sequence: General Accessory Number
    Unique(0x300A00F4, 0x300A00FC),  # Block Sequence: Block Number
    Unique(0x300C0002, 0x300C0118),  # Referenced RT Plan Sequence: Referenced Plan Overview Index
    Unique(0x30060020, 0x30060022),  # Structure Set ROI Sequence: ROI Number
    Unique(0x30060040, 0x30060048),  # Contour Sequence: Contour Number
    Unique(0x30060080, 0x30060082),  # RT ROI Observations Sequence: Observation Number
    Unique(0x300A0010, 0x300A0012),  # Dose Reference Sequence: Dose Reference Number
    Unique(0x300A0040, 0x300A0042),  # Tolerance Table Sequence: Tolerance Table Number
    Unique(0x300A03A0, 0x300A0042),  # Ion Tolerance Table Sequence: Tolerance Table Number
    Unique(0x300A0180, 0x300A0182),  # Patient Setup Sequence: Patient Setup Number
    Unique(0x300A0070, 0x300A0071),  # Fraction Group Sequence: Fraction Group Number
    Unique(0x300A00B0, 0x300A00C0),  # Beam Sequence: Beam Number
    Unique(0x300A00D1, 0x300A00D2),  # Wedge Sequence: Wedge Number
    Unique(0x300A00E3, 0x300A00E4),  # Compensator Sequence: Compensator Number
    Unique(0x300A0210, 0x300A0212),  # Source Sequence: Source Number
    Unique(0x300A0230, 0x300A0234),  # Application Setup Sequence: Application Setup Number
    Unique(0x300A0260, 0x300A0262),
    Unique(0x300A0280, 0x300A0282),  # Channel Sequence: Channel Number
    Unique(0x300A02B0, 0x300A02B2),  # Channel Shield Sequence: Channel Shield Number
    Unique(0x300800B0, 0x300A00D2),  # Recorded Wedge Sequence: Wedge Number
    Unique(0x30080100, 0x300A0212),  # Recorded Source Sequence: Source Number
    Unique(0x30080130, 0x300A0282),  # Recorded Channel Sequence: Channel Number
    Unique(0x300A03A2, 0x300A00C0),  # Ion Beam Sequence: Beam Number
    Unique(0x300A03AA, 0x300A00D2),  # Ion Wedge Sequence: Wedge Number
    Unique(0x300A02EA, 0x300A00E4),  # Ion Range Compensator Sequence: Compensator Number
    Unique(0x300A03A6, 0x300A00FC),  # Ion Block Sequence: Block Number
    Unique(0x300A0314, 0x300A0316),  # Range Shifter Sequence: Range Shifter Number
    Unique(0x300A0332, 0x300A0334),
    Unique(0x300A0342, 0x300A0344),  # Range Modulator Sequence: Range Modulator Number
    Unique(0x00480105, 0x00480106),  # Optical Path Sequence: Optical Path Identifier
    Unique(0x00700209, 0x00700226),  # Compound Graphic Sequence: Compound Graphic Instance ID
    Unique(0x0070031E, 0x00700310),  # Fiducial Sequence: Fiducial Identifier
    Unique(0x4FFE0001, 0x04000005),  # MAC Parameters Sequence: MAC ID Number
    Unique(0x00741020, 0x00741324),  # Beam Task Sequence: Beam Order Index
)

REFERENCES: tuple[Reference, ...] = (
    Reference(None, 0x30060084, 0x30060020, 0x30060022),  # Referenced ROI Number
    Reference(0x30060020, 0x30060024, 0x30060010, 0x00200052),
    Reference(None, 0x300C0006, 0x300A00B0, 0x300A00C0),  # Referenced Beam Number
    Reference(None, 0x300C0006, 0x300A03A2, 0x300A00C0),  # Referenced Beam Number
    Reference(None, 0x300C0051, 0x300A0010, 0x300A0012),  # Referenced Dose Reference Number
    Reference(None, 0x300C000C, 0x300A0230, 0x300A0234),
    Reference(None, 0x300C00A0, 0x300A0040, 0x300A0042),  # Referenced Tolerance Table Number
    Reference(None, 0x300C00A0, 0x300A03A0, 0x300A0042),  # Referenced Tolerance Table Number
    Reference(None, 0x300C006A, 0x300A0180, 0x300A0182),  # Referenced Patient Setup Number
    Reference(None, 0x30080082, 0x30080010, 0x30080064),
    Reference(None, 0x30080092, 0x30080070, 0x30080072),
    Reference(None, 0x300C000E, 0x300A0210, 0x300A0212),  # Referenced Source Number
    Reference(None, 0x300C00C0, 0x300800B0, 0x300A00D2),  # Referenced Wedge Number
    Reference(None, 0x300C00C0, 0x300A00D1, 0x300A00D2),  # Referenced Wedge Number
    Reference(None, 0x300C00C0, 0x300A03AA, 0x300A00D2),  # Referenced Wedge Number
    Reference(0x0062000A, 0x0062000B, 0x00620002, 0x00620004),  # Referenced Segment Number
    Reference(0x00209222, 0x00209164, 0x00209221, 0x00209164),  # Dimension Organization UID
    Reference(0x00480207, 0x00480106, 0x00480105, 0x00480106),  # Optical Path Identifier
    Reference(None, 0x0066002C, 0x00660002, 0x00660003),  # Referenced Surface Number
    Reference(0x00189341, 0x00189337, 0x00180012, 0x00189337),  # Contrast/Bolus Agent Number
    Reference(0x00189737, 0x00189729, 0x00540016, 0x00189729),  # Radiopharmaceutical Agent Number
    Reference(0x00700001, 0x00700002, 0x00700060, 0x00700002),  # Graphic Layer
    Reference(None, 0x300A060B, 0x300A063F, 0x300A0606),  # Referenced Treatment Position Index
    Reference(None, 0x300A0605, 0x300A067B, 0x300A0601),
    Reference(None, 0x30100041, 0x3010006B, 0x3010003C),  # Referenced RT Prescription Index
    Reference(None, 0x3010005E, 0x30100057, 0x30100058),  # Referenced RT Physician Intent Index
    Reference(None, 0x30100040, 0x3010004B, 0x3010003A),  # Referenced RT Treatment Phase Index
    Reference(None, 0x300A060C, 0x300A0618, 0x300A0603),
)

BOUNDS: tuple[Bound, ...] = (
    # PS3.3 C.7.6.6.1.1
    Bound(0x00280008, 1),  # Number of Frames
    # PS3.3 C.7.6.2, C.7.6.16.2.1, C.8.8.6; in NM it may be negative (C.8.4.15)
    Bound(0x00180088, 0, tables=("table_C.7-10", "table_C.7.6.16-2", "table_C.8-42")),
    # PS3.3 C.8.8.14, C.8.8.21, C.8.8.25
    Bound(0x300A0110, 2, tables=("table_C.8-50", "table_C.8-57", "table_C.8.8.25-1")),
    # PS3.3 C.8.8.25, C.36.19
    Bound(0x300A0440, 1, above=True, tables=("table_C.8.8.25-1",)),  # Number of Block Slab Items
    Bound(0x300A0604, 2, tables=("table_C.36.19-1",)),  # Number of RT Control Points
    # PS3.3 C.7.6.16.2.2, C.7.6.16.2.2.4, C.7.6.17.1: these start from one
    Bound(0x00209057, 1),  # In-Stack Position Number
    Bound(0x00209128, 1),  # Temporal Position Index
    Bound(0x00209157, 1),  # Dimension Index Values
    # PS3.3 C.8.12.4.1.2, C.8.23.1, C.27.1
    Bound(0x00480003, 0, above=True),  # Imaged Volume Depth
    Bound(0x0066002A, 0, above=True),  # Surface Count
    Bound(0x00660001, 1),  # Number of Surfaces
    # PS3.3 C.8.4.12, C.8.4.12.1.1
    Bound(0x00181143, 0, above=True, tables=("table_C.8-12",)),  # Scan Arc
    Bound(0x00181144, 0, above=True, tables=("table_C.8-12",)),  # Angular Step
    # PS3.3 10.2, C.18.1
    Bound(0x0040A163, 0, above=True),  # Rational Denominator Value
    # PS3.3 C.11.17, C.11.29, C.23.3, C.11.26
    Bound(0x00082144, 0, above=True, tables=("table_C.11.17-1", "table_C.23.3-1")),
    Bound(0x00701A03, 0, above=True),  # Recommended Animation Rate
    Bound(0x00720320, 1, most=100),  # Image Box Overlap Priority
    Bound(0x00701503, 0, above=True),  # MPR Slab Thickness
    # PS3.3 C.8.27.4
    Bound(0x00520034, 0, most=360),  # First A-line Location
    # PS3.3 C.36.2.2.7, C.36.12, C.36.26, C.36.29
    Bound(0x300A0685, 0, above=True),  # Number of Radiation Generation Modes
    Bound(0x300A0688, 0),  # RT Beam Modifier Definition Distance
)
