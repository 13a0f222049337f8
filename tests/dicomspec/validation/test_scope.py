"""Where the Attributes are looked for that conditions name: Items, frames, groups, the root."""

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from dicomspec.validation import conditions
from dicomspec.validation.conditions import decide
from dicomspec.validation.level import Level, Slot
from dicomspec.validation.scope import Place, number
from dicomspec.validation.verdict import Surroundings
from tests.dicomspec.validation.worded import (
    EDITION,
    READER,
    in_frame,
    in_shared,
    make_item,
    make_root,
    of_frames,
    outcome_of,
    surroundings,
)


def test_the_nearest_item_that_has_the_attribute_counts():
    inner = make_item(Modality="MR")
    root = make_root(Modality="CT", ReferencedImageSequence=Sequence([inner]))
    wording = "Required when Modality is CT; not permitted otherwise."
    assert outcome_of(wording, Place(root)) == "required"
    assert outcome_of(wording, Place(root), Place(inner, None, 0x00081140, 1, 1)) == "forbidden"
    assert (
        outcome_of(wording, Place(root), Place(make_item(), None, 0x00081140, 1, 1)) == "required"
    )


def test_items_around_are_gone_through_one_by_one():
    inner = make_item(ReferencedBeamNumber=1)
    chain = (
        Place(make_root(Modality="CT")),
        Place(make_item(Modality="MR"), None, 0x00081115, 1, 1),
        Place(inner, None, 0x00081140, 1, 1),
        Place(make_item(), None, 0x00081140, 1, 1),
    )
    wording = "Required when Modality is MR; not permitted otherwise."
    for length, outcome in ((1, "forbidden"), (2, "required"), (3, "required"), (4, "required")):
        assert outcome_of(wording, *chain[:length]) == outcome


@pytest.mark.parametrize(
    ("defined", "outcome"), [("(0008,0060)", "forbidden"), ("(0008,0008)", "required")]
)
def test_it_is_looked_for_where_the_definition_has_it(defined, outcome):
    """Modality of the data set isn't that of an Item which could have its own and hasn't."""
    slot = Slot(number(defined), repeating=False, rules=[])
    item = Place(make_item(), Level({slot.tag: slot}), 0x00081140, 1, 1)
    within = Place(make_item(), None, 0x00081140, 1, 1)
    wording = "Required when Modality is CT; not permitted otherwise."
    for chain in ((item,), (item, within)):
        assert outcome_of(wording, Place(make_root(Modality="CT")), *chain) == outcome


def test_scopes_that_are_said():
    inner = make_item()
    chain = (Place(make_root(Modality="CT")), Place(inner, None, 0x00081140, 1, 1))
    for scope, outcome in (("in this Item", "forbidden"), ("at the root", "required"),
                           ("in the enclosing Item", "required")):  # fmt: skip
        assert (
            outcome_of(f"Required when Modality {scope} is CT; not permitted otherwise.", *chain)
            == outcome
        )


def test_functional_groups_of_the_same_frame_then_the_shared_ones():
    wording = "Required when Frame Type Value 1 is ORIGINAL; may be present otherwise."
    root = of_frames("ORIGINAL", "DERIVED")
    assert outcome_of(wording, *in_frame(root, 1)) == "required"
    assert outcome_of(wording, *in_frame(root, 2)) == "optional"
    assert outcome_of(wording, *in_frame(of_frames("", "", shared="ORIGINAL"), 2)) == "required"


def test_a_group_sees_the_others_of_its_own_item():
    root = of_frames("DERIVED", shared="ORIGINAL")
    inner = Place(make_item(), None, 0x00189115, 1, 1)
    wording = "Required when Frame Type Value 1 is ORIGINAL; may be present otherwise."
    assert outcome_of(wording, *in_shared(root), inner) == "required"
    assert outcome_of(wording, *in_frame(root, 1)) == "optional"


@pytest.mark.parametrize(
    ("frames", "outcome"),
    [((), "forbidden"), (("",), "forbidden"), (("", "ORIGINAL"), "required")],
)
def test_anywhere_is_at_the_root_or_in_some_functional_group(frames, outcome):
    wording = "Required when Frame Type anywhere is present; not permitted otherwise."
    assert outcome_of(wording, Place(of_frames(*frames))) == outcome
    assert outcome_of(wording, Place(of_frames(shared="ORIGINAL"))) == "required"
    assert outcome_of(wording, Place(make_root(FrameType="ORIGINAL"))) == "required"
    nested = make_root(ReferencedImageSequence=Sequence([make_item(FrameType="ORIGINAL")]))
    assert outcome_of(wording, Place(nested)) == "forbidden"


def test_from_a_shared_group_the_frames_count_where_they_agree():
    wording = "Required when Frame Type Value 1 is ORIGINAL; may be present otherwise."

    assert outcome_of(wording, *in_shared(of_frames("ORIGINAL", "ORIGINAL"))) == "required"
    assert outcome_of(wording, *in_shared(of_frames("ORIGINAL", "DERIVED"))) == "unknown"


@pytest.mark.parametrize(
    ("what", "frames", "outcome"),
    [
        ("Frame Type is present", ("ORIGINAL", "DERIVED"), "required"),
        ("Frame Type is present", ("ORIGINAL", ""), "unknown"),
        ("Frame Type is present", ("", "ORIGINAL"), "unknown"),
        ("Frame Type is absent", ("", ""), "required"),
        ("Frame Type has a value", ("ORIGINAL", "DERIVED"), "required"),
        ("Frame Type has a value", ("ORIGINAL", ""), "unknown"),
        ("Frame Type Value 1 is ORIGINAL", ("ORIGINAL", ""), "unknown"),
        ("Frame Type Value 2 is PRIMARY", ("ORIGINAL", "DERIVED"), "required"),
        ("Frame Type Value 1 is not MIXED", ("ORIGINAL", "DERIVED"), "required"),
        ("Frame Type equals Image Type", ("ORIGINAL", "ORIGINAL"), "required"),
        ("Frame Type equals Image Type", ("ORIGINAL", "DERIVED"), "unknown"),
        ("the number of Values of Frame Type is 2", ("ORIGINAL", "DERIVED"), "required"),
        ("the number of Items of MR Image Frame Type Sequence is 1", ("ORIGINAL", ""), "unknown"),
        (
            "some Item of MR Image Frame Type Sequence has (Frame Type Value 1 is ORIGINAL)",
            ("ORIGINAL", "DERIVED"),
            "unknown",
        ),
        (
            "some Item of MR Image Frame Type Sequence has (Frame Type Value 1 is ORIGINAL)",
            ("ORIGINAL", "ORIGINAL"),
            "required",
        ),
    ],
)
def test_from_a_shared_group_each_frame_is_asked(what, frames, outcome):
    root = of_frames(*frames)
    root.ImageType = ["ORIGINAL", "PRIMARY"]
    wording = f"Required when {what}; not permitted otherwise."
    assert outcome_of(wording, *in_shared(root)) == outcome
    if outcome == "unknown":
        decision = decide(READER.read(wording), in_shared(root), surroundings())
        assert len(decision.because) == 1


def test_items_at_the_root_are_asked_once_for_all_frames(monkeypatch):
    """Else a condition on some frame, of each frame, takes the square of their number."""
    asked, of_items = [], conditions._of_items

    def counted(*given):
        asked.append(given)
        return of_items(*given)

    monkeypatch.setattr(conditions, "_of_items", counted)
    root, around = of_frames("DERIVED", "DERIVED", "ORIGINAL"), surroundings()
    wording = (
        "Required when some Item of Per-Frame Functional Groups Sequence has (some Item of "
        "MR Image Frame Type Sequence has (Frame Type Value 1 is ORIGINAL)); "
        "not permitted otherwise."
    )
    for frame in (1, 2, 3):
        assert outcome_of(wording, *in_frame(root, frame), around=around) == "required"
    assert len(asked) == 1 + 3


def _overlays(*groups: int) -> Dataset:
    root = make_root()
    for group in groups:
        root.add_new(group << 16 | 0x0011, "US", group & 0xFF)  # Overlay Columns
    return root


@pytest.mark.parametrize(
    ("groups", "own", "outcome"),
    [
        ((), 0, "forbidden"),
        ((0x6000,), 0, "required"),
        ((0x6004,), 0, "required"),  # the first that there is
        ((0x6004,), 0x6004, "required"),
        ((0x6000,), 0x6004, "forbidden"),  # another group is another overlay
        ((0x6000, 0x6004), 0x6004, "required"),
        ((0x6001,), 0, "forbidden"),  # a private group
        ((0x5000,), 0, "forbidden"),  # a curve
    ],
)
def test_a_repeating_group_is_the_own_one_or_any(groups, own, outcome):
    wording = "Required when Overlay Columns is present; not permitted otherwise."
    assert outcome_of(wording, Place(_overlays(*groups), group=own)) == outcome


def test_curves_repeat_too():
    root = make_root()
    root.add_new(0x50043000, "OW", b"\0\0")
    wording = "Required when Curve Data is present; not permitted otherwise."
    assert outcome_of(wording, Place(root)) == "required"
    assert outcome_of(wording, Place(root, group=0x5004)) == "required"
    assert outcome_of(wording, Place(root, group=0x5000)) == "forbidden"


def test_values_of_one_repeating_group_are_not_taken_for_those_of_another():
    """What is seen from the root is kept; each group is another place."""
    root, around = _overlays(0x6000, 0x6002), Surroundings(EDITION.keyword)
    wording = "Required when Overlay Columns is 2; not permitted otherwise."
    for group, outcome in ((0x6000, "forbidden"), (0x6002, "required"), (0, "forbidden")):
        assert outcome_of(wording, Place(root, group=group), around=around) == outcome


@pytest.mark.parametrize(("beams", "outcome"), [((1, 2), "required"), ((2, 1), "forbidden")])
def test_items_have_their_numbers(beams, outcome):
    root = make_root(BeamSequence=Sequence([make_item(BeamNumber=number) for number in beams]))
    wording = (
        "Required when some Item of Beam Sequence has "
        "({} and Beam Number is {}); not permitted otherwise."
    )
    assert outcome_of(wording.format("this Item is the first", 1), Place(root)) == outcome
    assert outcome_of(wording.format("this Item is the last", 2), Place(root)) == outcome


def test_the_item_that_a_number_refers_to():
    wording = (
        "Required when the Item of Beam Sequence whose Beam Number equals Referenced Beam Number "
        "has (Beam Type is DYNAMIC); not permitted otherwise."
    )
    beams = Sequence(
        [make_item(BeamNumber=1, BeamType="STATIC"), make_item(BeamNumber=2, BeamType="DYNAMIC")]
    )
    root = make_root(BeamSequence=beams)
    for beam, outcome in ((1, "forbidden"), (2, "required"), (3, "unknown")):
        inner = Place(make_item(ReferencedBeamNumber=beam), None, 0x300C0004, 1, 1)
        assert outcome_of(wording, Place(root), inner) == outcome


def test_positions():
    wording = "Required when this Item is the first; not permitted otherwise."
    for place, outcome in ((1, "required"), (2, "forbidden")):
        assert (
            outcome_of(wording, Place(make_root()), Place(make_item(), None, 0x300A0111, place, 2))
            == outcome
        )
