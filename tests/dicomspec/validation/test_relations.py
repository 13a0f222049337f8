"""Relations between elements: counts, numbers, references, planes, points (PS3.3)."""

import copy
import math

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from dicomspec import edition as editions
from dicomspec.model import Attribute
from dicomspec.validation.checks import relation_kinds, relations
from dicomspec.validation.checks import relation_tables as tables
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import CT, ENHANCED_CT, check

EDITION = editions.load("2024c")
RT_PLAN, RT_STRUCTURE_SET = "1.2.840.10008.5.1.4.1.1.481.5", "1.2.840.10008.5.1.4.1.1.481.3"
NM, SEGMENTATION = "1.2.840.10008.5.1.4.1.1.20", "1.2.840.10008.5.1.4.1.1.66.4"
SR_3D, SOFTCOPY = "1.2.840.10008.5.1.4.1.1.88.34", "1.2.840.10008.5.1.4.1.1.11.1"
SLIDE, ANNOTATIONS = "1.2.840.10008.5.1.4.1.1.77.1.6", "1.2.840.10008.5.1.4.1.1.91.1"
RT_DOSE = "1.2.840.10008.5.1.4.1.1.481.2"


def least(uid: str, **values: object) -> Dataset:
    return changed(minimal.instance(EDITION, uid), **values)


def changed(dataset: Dataset, **values: object) -> Dataset:
    for keyword, value in values.items():
        setattr(dataset, keyword, value)
    return dataset


def item(**values: object) -> Dataset:
    return changed(Dataset(), **values)


def related(dataset: Dataset) -> list[tuple[str, str]]:
    """Return what is found on relations, as (code without its kind, path of keywords)."""
    found = [each for each in check(dataset).findings if each.code.startswith("relation/")]
    assert all(each.citation.url for each in found)
    return [(each.code.partition("/")[2], each.location.keywords) for each in found]


def tags(found, path=()):
    for each in found:
        if isinstance(each, Attribute):
            tag = int((each.tag[1:5] + each.tag[6:10]).replace("x", "0"), 16)
            yield path[-1] if path else 0, tag
            yield from tags(each.entries, (*path, tag))


def test_each_relation_is_about_rows_that_are_there():
    """Each element is an Attribute of a table; where a Sequence is named, it is one that is."""
    rows = {pair for table in EDITION.tables for pair in tags(EDITION.table(table).entries)}
    named = {tag for _, tag in rows}
    for within, tag, *_ in (*tables.COUNTED, *tables.REFERENCES):
        assert tag in named
        assert not within or within in named
    for within, tag, *_ in (*tables.NUMBERED, *tables.UNIQUE, *tables.PERSONS):
        assert {within, tag} <= named
    for same in tables.SAME:
        assert set(same) <= named
    for bound in tables.BOUNDS:
        assert bound.tag in named
        assert set(bound.tables) <= set(EDITION.tables)
    for tag in relations._OWN:
        assert tag in named


@pytest.mark.parametrize(
    ("orientation", "found"),
    [
        ([1, 0, 0, 0, 1, 0], []),
        ([0.7071, 0.7071, 0, -0.7071, 0.7071, 0], []),
        ([0.707, 0.707, 0, -0.707, 0.707, 0], []),
        ([0.7, 0.7, 0, -0.7, 0.7, 0], ["orientation"]),
        ([1, 0, 0, 0, 0.98796, -0.151524], ["orientation"]),  # printed exactly, and wrong
        ([1, 0, 0, 0.6, 0.8, 0], ["orientation"]),
        ([0, 0, 0, 0, 0, 0], ["orientation"]),
        ([1, 0, 0], []),  # a matter of how many Values there are
        ([math.cos(1), math.sin(1), 0, -math.sin(1), math.cos(1), 0], []),
    ],
)
def test_orientation(orientation, found):
    """PS3.3 C.7.6.2.1.1."""
    dataset = least(CT, ImageOrientationPatient=[f"{each:.9g}" for each in orientation])
    assert [code for code, _ in related(dataset)] == found


@pytest.mark.parametrize(
    ("rows", "spacing", "found"),
    [(2, [1, 1], 0), (2, [0, 1], 1), (1, [0, 1], 0), (1, [1, 0], 0), (2, [-1, 1], 1)],
)
def test_spacing_is_more_than_zero_but_of_a_single_row(rows, spacing, found):
    """PS3.3 10.7.1.3."""
    dataset = least(CT, Rows=rows, Columns=1, PixelSpacing=spacing)
    assert related(dataset) == [("range", "PixelSpacing")] * found


@pytest.mark.parametrize(
    ("function", "width", "found"),
    [
        (None, "1", 0), (None, "0.5", 1), ("LINEAR", "0", 1), ("LINEAR_EXACT", "0.5", 0),
        ("SIGMOID", "0", 1), ("HOME_MADE", "0", 0), (None, ["1", "-3"], 1),
    ],
)  # fmt: skip
def test_window_width(function, width, found):
    """PS3.3 C.11.2.1.2.1, C.11.2.1.3."""
    dataset = least(CT, WindowWidth=width, WindowCenter=width)
    if function:
        dataset.VOILUTFunction = function
    assert related(dataset) == [("range", "WindowWidth")] * found


def test_a_window_is_for_monochrome_images():
    """PS3.3 C.11.2.1.2.2."""
    dataset = least(CT, WindowWidth="10", WindowCenter="10", PhotometricInterpretation="RGB")
    assert related(dataset) == [("contradiction", "WindowWidth")]
    assert related(changed(dataset, PhotometricInterpretation="MONOCHROME1")) == []


def plan(**beam: object) -> Dataset:
    """Return a plan with a beam of two Control Points."""
    points = [item(ControlPointIndex=n, CumulativeMetersetWeight=n) for n in (0, 1)]
    given = {
        "BeamNumber": 1, "NumberOfControlPoints": 2, "FinalCumulativeMetersetWeight": 1,
        "ControlPointSequence": Sequence(points), **beam,
    }  # fmt: skip
    group = item(FractionGroupNumber=1, NumberOfBeams=1, NumberOfBrachyApplicationSetups=0)
    group.ReferencedBeamSequence = Sequence([item(ReferencedBeamNumber=1)])
    return least(
        RT_PLAN,
        BeamSequence=Sequence([item(**given)]),
        FractionGroupSequence=Sequence([group]),
    )


def test_counts_of_a_plan():
    """PS3.3 C.8.8.14."""
    assert related(plan()) == []
    points = "BeamSequence[1].ControlPointSequence"
    assert related(plan(NumberOfControlPoints=3)) == [("count", points)]
    wedged = plan(NumberOfWedges=2)
    first = wedged.BeamSequence[0].ControlPointSequence[0]
    first.WedgePositionSequence = Sequence([item(ReferencedWedgeNumber=1)])
    assert related(wedged) == [("count", f"{points}[1].WedgePositionSequence")]


def test_control_points_are_numbered_from_zero():
    """PS3.3 Table C.8-50."""
    dataset = plan()
    for point in dataset.BeamSequence[0].ControlPointSequence:
        point.ControlPointIndex += 1
    where = "BeamSequence[1].ControlPointSequence[1].ControlPointIndex"
    (finding,) = [each for each in check(dataset).findings if "relation/" in each.code]
    assert (finding.code, finding.location.keywords) == ("relation/numbering", where)
    assert finding.citation.table == "table_C.8-50"
    assert finding.citation.row


@pytest.mark.parametrize(
    ("weights", "final", "found"),
    [([0, 1], 1, 0), ([0, 0], 0, 0), ([1, 1], 1, 1), ([0, 1], 2, 1), ([0, -1], -1, 1)],
)
def test_weights_rise_from_zero_to_the_final_one(weights, final, found):
    """PS3.3 C.8.8.14.5."""
    dataset = plan(FinalCumulativeMetersetWeight=final)
    for point, weight in zip(dataset.BeamSequence[0].ControlPointSequence, weights, strict=True):
        point.CumulativeMetersetWeight = weight
    assert related(dataset) == [("order", "BeamSequence[1].ControlPointSequence")] * found


def test_a_beam_that_is_not_there():
    """PS3.3 C.8.8.13."""
    dataset = plan(BeamNumber=2)
    where = "FractionGroupSequence[1].ReferencedBeamSequence[1].ReferencedBeamNumber"
    assert related(dataset) == [("reference-missing", where)]
    del dataset.BeamSequence  # that is a finding of its own
    assert related(dataset) == []


def test_beams_or_brachy():
    """PS3.3 C.8.8.13."""
    dataset = plan()
    dataset.FractionGroupSequence[0].NumberOfBrachyApplicationSetups = 1
    where = "FractionGroupSequence[1].NumberOfBeams"
    assert related(dataset) == [("contradiction", where)]


def test_a_number_written_in_another_way_is_the_same():
    dataset = plan(BeamNumber="01 ")
    assert related(dataset) == []


def segmented(*numbers: int) -> Dataset:
    dataset = least(SEGMENTATION)
    first = dataset.SegmentSequence[0]
    dataset.SegmentSequence = Sequence(
        [changed(copy.deepcopy(first), SegmentNumber=number) for number in numbers]
    )
    return dataset


@pytest.mark.parametrize(
    ("numbers", "wrong"), [((1, 2, 3), 0), ((2, 3), 1), ((1, 3, 4), 2), ((1, 1), 2)]
)
def test_segments_are_numbered_from_one(numbers, wrong):
    """PS3.3 C.8.20.2.4."""
    found = [("numbering", f"SegmentSequence[{wrong}].SegmentNumber")] if wrong else []
    assert [each for each in related(segmented(*numbers)) if each[0] == "numbering"] == found


def test_a_frame_of_a_segment_that_is_not_there():
    """PS3.3 C.8.20.3.1."""
    dataset = segmented(1)
    frame = item(SegmentIdentificationSequence=Sequence([item(ReferencedSegmentNumber=2)]))
    dataset.PerFrameFunctionalGroupsSequence = Sequence([frame])
    where = (
        "PerFrameFunctionalGroupsSequence[1].SegmentIdentificationSequence[1]"
        ".ReferencedSegmentNumber"
    )
    assert ("reference-missing", where) in related(dataset)


def test_dimensions():
    """PS3.3 C.7.6.17."""
    dataset = least(ENHANCED_CT)
    dataset.DimensionOrganizationSequence = Sequence([item(DimensionOrganizationUID="1.2.3")])
    index = item(DimensionOrganizationUID="1.2.3", DimensionIndexPointer=0x00209157)
    dataset.DimensionIndexSequence = Sequence([index])
    frame = dataset.PerFrameFunctionalGroupsSequence[0].FrameContentSequence[0]
    frame.DimensionIndexValues = [1, 0]
    values = "PerFrameFunctionalGroupsSequence[1].FrameContentSequence[1].DimensionIndexValues"
    assert sorted(related(dataset)) == [
        ("contradiction", "DimensionIndexSequence[1].DimensionIndexPointer"),
        ("count", values),
        ("range", values),
    ]
    index.DimensionIndexPointer, frame.DimensionIndexValues = 0x00200032, [1]
    assert related(dataset) == []
    index.DimensionOrganizationUID = "1.2.4"
    where = "DimensionIndexSequence[1].DimensionOrganizationUID"
    assert related(dataset) == [("reference-missing", where)]


@pytest.mark.parametrize(
    ("vector", "found"),
    [([1, 2], []), ([1], ["count"]), ([1, 3], ["range"]), ([0, 1], ["range"])],
)
def test_a_vector_of_frames(vector, found):
    """PS3.3 C.8.4.8."""
    dataset = least(NM, NumberOfFrames=2, FrameIncrementPointer=0x00540030)
    dataset.PhaseVector, dataset.NumberOfPhases = vector, 2
    assert related(dataset) == [(code, "PhaseVector") for code in found]


def test_what_the_frame_increment_pointer_names_is_there():
    """PS3.3 C.7.6.6.1.2."""
    dataset = least(NM, NumberOfFrames=1, FrameIncrementPointer=[0x00181065])
    assert related(dataset) == [("reference-missing", "FrameIncrementPointer")]


@pytest.mark.parametrize(("offsets", "found"), [([0, 2, 4], 0), ([0, -1], 0), ([0, 2, 1], 1)])
def test_offsets_of_a_dose_grid(offsets, found):
    """PS3.3 C.8.8.3.2."""
    dataset = least(RT_DOSE, GridFrameOffsetVector=offsets)
    assert related(dataset) == [("order", "GridFrameOffsetVector")] * found


def test_tiles():
    """PS3.3 C.7.6.17.3."""
    dataset = least(SLIDE, DimensionOrganizationType="TILED_FULL", NumberOfFrames=6)
    dataset.TotalPixelMatrixColumns, dataset.TotalPixelMatrixRows = 5, 4
    dataset.Columns, dataset.Rows = 2, 2
    dataset.TotalPixelMatrixFocalPlanes = dataset.NumberOfOpticalPaths = 1
    assert ("count", "NumberOfFrames") not in related(dataset)
    assert ("count", "NumberOfFrames") in related(changed(dataset, NumberOfFrames=7))
    dataset.ConcatenationUID = "1.2.3.4.5"
    assert ("count", "NumberOfFrames") not in related(dataset)


def content(**values: object) -> Dataset:
    return least(SR_3D, ContentSequence=Sequence([item(RelationshipType="CONTAINS", **values)]))


@pytest.mark.parametrize(
    ("kind", "shape", "values", "found"),
    [
        ("SCOORD", "POINT", [1, 2], []),
        ("SCOORD", "POINT", [1, 2, 3], ["count"]),
        ("SCOORD", "CIRCLE", [1] * 4, []),
        ("SCOORD", "ELLIPSE", [1] * 4, ["count"]),
        ("SCOORD", "POLYLINE", [1] * 5, ["count"]),
        ("SCOORD3D", "POINT", [1] * 3, []),
        ("SCOORD3D", "ELLIPSOID", [1] * 12, ["count"]),
        ("SCOORD3D", "POLYGON", [1, 2, 3, 4, 5, 6, 1, 2, 3], []),
        ("SCOORD3D", "POLYGON", [1, 2, 3, 4, 5, 6], ["contradiction"]),
    ],
)
def test_points_of_a_region(kind, shape, values, found):
    """PS3.3 C.18.6.1.2, C.18.9.1.2."""
    dataset = content(ValueType=kind, GraphicType=shape, GraphicData=[float(v) for v in values])
    assert related(dataset) == [(code, "ContentSequence[1].GraphicData") for code in found]


@pytest.mark.parametrize(
    ("kind", "values", "found"),
    [("POINT", [1], 0), ("POINT", [1, 2], 1), ("SEGMENT", [1, 2], 0), ("MULTISEGMENT", [1] * 3, 1)],
)
def test_points_in_time(kind, values, found):
    """PS3.3 C.18.7.1.1."""
    dataset = content(ValueType="TCOORD", TemporalRangeType=kind, ReferencedTimeOffsets=values)
    assert related(dataset) == [("count", "ContentSequence[1].ReferencedTimeOffsets")] * found


@pytest.mark.parametrize(
    ("points", "values", "shape", "found"),
    [(2, [1] * 4, "POLYLINE", 0), (2, [1] * 5, "POLYLINE", 1), (3, [1] * 6, "CIRCLE", 1)],
)
def test_points_that_are_drawn(points, values, shape, found):
    """PS3.3 C.10.5.1.2."""
    graphic = item(NumberOfGraphicPoints=points, GraphicType=shape)
    graphic.GraphicData = [float(each) for each in values]
    annotation = item(GraphicObjectSequence=Sequence([graphic]))
    dataset = least(SOFTCOPY, GraphicAnnotationSequence=Sequence([annotation]))
    where = "GraphicAnnotationSequence[1].GraphicObjectSequence[1].GraphicData"
    assert related(dataset) == [("count", where)] * found


@pytest.mark.parametrize(
    ("shape", "number", "coordinates", "indices", "found"),
    [
        ("POINT", 2, 4, None, []),
        ("POINT", 2, 6, None, ["PointCoordinatesData"]),
        ("ELLIPSE", 1, 8, None, []),
        ("POLYGON", 2, 12, [1, 7], []),
        ("POLYGON", 2, 12, [1], ["LongPrimitivePointIndexList"]),
    ],
)
def test_bulk_annotations(shape, number, coordinates, indices, found):
    """PS3.3 C.37.1.2.1.1."""
    dataset = least(ANNOTATIONS, AnnotationCoordinateType="2D")
    group = dataset.AnnotationGroupSequence[0]
    changed(group, GraphicType=shape, NumberOfAnnotations=number)
    group.PointCoordinatesData = bytes(4 * coordinates)
    if indices:
        group.LongPrimitivePointIndexList = b"".join(n.to_bytes(4, "little") for n in indices)
    assert related(dataset) == [("count", f"AnnotationGroupSequence[1].{each}") for each in found]


@pytest.mark.parametrize(("way", "found"), [([1], 0), ([1, 1], 0), ([1, 3], 1), ([2], 1), ([0], 1)])
def test_a_content_item_that_is_referred_to(way, found):
    """PS3.3 C.17.3.2.5."""
    dataset = content(ReferencedContentItemIdentifier=way)
    assert (
        related(dataset)
        == [("reference-missing", "ContentSequence[1].ReferencedContentItemIdentifier")] * found
    )


def test_evidence():
    """PS3.3 C.17.2.3."""
    instance = item(ReferencedSOPClassUID=CT, ReferencedSOPInstanceUID="1.2.3.4.5")
    dataset = content(ValueType="IMAGE", ReferencedSOPSequence=Sequence([instance]))
    where = "ContentSequence[1].ReferencedSOPSequence[1].ReferencedSOPInstanceUID"
    assert related(dataset) == [("reference-missing", where)]
    series = item(SeriesInstanceUID="1.2.3.4", ReferencedSOPSequence=Sequence([instance]))
    study = item(StudyInstanceUID="1.2.3", ReferencedSeriesSequence=Sequence([series]))
    assert related(changed(dataset, PertinentOtherEvidenceSequence=Sequence([study]))) == []


def test_one_uid_for_two_things():
    """PS3.5 9."""
    dataset = least(CT)
    dataset.SeriesInstanceUID = dataset.StudyInstanceUID
    assert related(dataset) == [("same-uid", "SeriesInstanceUID")]


def test_persons_that_are_described():
    """PS3.3 Table C.7-5a."""
    dataset = least(CT, OperatorsName=["A", "B", "C"])
    dataset.OperatorIdentificationSequence = Sequence([item(), item()])
    assert related(dataset) == [("count", "OperatorIdentificationSequence")]
    dataset.OperatorIdentificationSequence = Sequence([item()])
    assert related(dataset) == []


_ABOUT = sorted(relations._TAGS | {0x00280008, 0x00200010, 0x300A0110, 0x30060046, 0x0040A730})
_VRS = ["SQ", "DS", "IS", "US", "FD", "FL", "AT", "UI", "UL", "OB", "OF", "CS", "UN", None]
_UIDS = [RT_PLAN, RT_STRUCTURE_SET, SR_3D, SOFTCOPY, NM, SEGMENTATION, SLIDE, ANNOTATIONS]
_VALUES = st.one_of(
    st.binary(max_size=24),
    st.sampled_from([b"0", b"1\\0\\0\\0\\1\\0", b"nan\\inf\\1", b"1e308\\1e308\\1", b"-1", b"\\"]),
)


@st.composite
def odd(draw, depth=3):
    """Data sets of the elements that relations are about, with any bytes in them."""
    dataset = Dataset()
    for tag in draw(st.lists(st.sampled_from(_ABOUT), max_size=8, unique=True)):
        if depth and draw(st.booleans()):
            items = draw(st.lists(odd(depth=depth - 1), max_size=2))
            dataset[tag] = DataElement(tag, "SQ", Sequence(items))
        else:
            value, vr = draw(_VALUES), draw(st.sampled_from(_VRS))
            dataset[tag] = RawDataElement(
                BaseTag(tag), vr, len(value), value, 0, vr is None, is_little_endian=True
            )
    return dataset


def test_a_pointer_that_is_no_tag_points_to_nothing():
    dataset = least(NM)
    for value in (b"1\\2", b"\xff ", b"(0054,0010) "):
        pointer = BaseTag(0x00280009)
        dataset[pointer] = RawDataElement(
            pointer, "DS", len(value), value, 0, is_implicit_VR=False, is_little_endian=True
        )
        codes = {each.code for each in check(dataset).findings}
        assert "internal/check-crashed" not in codes
        assert "value/vr-mismatch" in codes


@settings(max_examples=200, deadline=None)
@given(odd(), st.sampled_from(_UIDS))
def test_no_value_crashes_a_relation(dataset, uid):
    dataset[0x00080016] = DataElement(0x00080016, "UI", uid)
    crashed = [each for each in check(dataset).findings if each.code == "internal/check-crashed"]
    assert [each.message for each in crashed] == []


def test_many_references_are_looked_up_once(monkeypatch):
    """Frames that refer to segments, both many: the segments are gone through once."""
    dataset = segmented(*range(1, 301))
    frame = item(SegmentIdentificationSequence=Sequence([item(ReferencedSegmentNumber=300)]))
    dataset.PerFrameFunctionalGroupsSequence = Sequence([frame] * 300)
    gone_through = []

    def items(element):
        gone_through.append(element)
        return list(element.value)

    monkeypatch.setattr(relation_kinds, "items", items)
    assert "reference-missing" not in {code for code, _ in related(dataset)}
    segments = [each for each in gone_through if each.tag == 0x00620002]
    assert len(segments) == 2  # once for their numbers, once for the references
