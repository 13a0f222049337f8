"""`requirement`: what is asked of one Attribute, Module or Macro; what it says if there is none."""

import copy
import json

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag, Tag

from dicomspec import edition as editions
from dicomspec import requirement
from dicomspec.dataset import Unreadable
from dicomspec.edition import UnknownEditionError
from dicomspec.validation.path import NoSuchRequirementError, is_path
from tests.dicomspec import files
from tests.dicomspec.validation import minimal
from tests.dicomspec.validation.conftest import CT, ENHANCED_CT


@pytest.fixture(scope="module")
def ct() -> Dataset:
    dataset = minimal.instance(editions.load("2024c"), CT)
    dataset.OtherPatientIDsSequence = Sequence([Dataset(), Dataset()])
    return dataset


@pytest.fixture(scope="module")
def enhanced() -> Dataset:
    return minimal.instance(editions.load("2024c"), ENHANCED_CT)


def told(*given, **named):
    found = requirement(*given, **named)
    return found.type, found.status, found.citation.table


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Modality", ("1", "required", "table_C.7-5a")),
        ("PatientName", ("2", "required", "table_C.7-1")),
        ("(0010,0010)", ("2", "required", "table_C.7-1")),
        ("ImageComments", ("3", "optional", "table_C.7-9")),
        ("OtherPatientIDsSequence", ("3", "optional", "table_C.7-1")),
        ("OtherPatientIDsSequence[2].PatientID", ("1", "required", "table_C.7-1")),
        ("(0010,1002)[1].(0010,0020)", ("1", "required", "table_C.7-1")),
        ("OtherPatientIDsSequence.PatientID", ("1", "required", "table_C.7-1")),
    ],
)
def test_an_attribute_as_the_iod_asks_for_it(ct, path, expected):
    found = requirement(ct, path)
    assert (found.type, found.status, found.citation.table) == expected
    assert (found.condition, found.because) == ("", ())
    assert found.citation.edition == "2024c"
    assert found.citation.url.startswith("https://dicom.nema.org/medical/dicom/2024c/")


def test_an_attribute_of_a_module_that_is_absent_is_optional(ct):
    found = requirement(ct, "ClinicalTrialSponsorName")
    assert (found.type, found.status) == ("1", "optional")
    assert found.because == ("the Module Clinical Trial Subject is not present",)


def test_the_iod_may_be_named(ct):
    assert told(ct, "KVP") == ("2", "required", "table_C.8-3")
    assert told(ct, "ScanningSequence", iod="MR Image") == ("1", "required", "table_C.8-4")


def test_a_missing_module_of_usage_m_asks_all_the_same():
    assert told(Dataset(), "PatientName", iod="CT Image") == ("2", "required", "table_C.7-1")
    assert told(Dataset(), "ImageComments", iod="CT Image")[1] == "optional"


def test_a_row_of_a_table_wherever_it_is_included(ct):
    assert told(ct, "PatientID", table="table_C.7-1") == ("2", "required", "table_C.7-1")
    assert told(Dataset(), "PatientID", table="table_C.7-1")[1] == "required"
    name = Dataset()
    name.PatientBreedCodeSequence = Sequence([Dataset()])
    path = "PatientBreedCodeSequence[1].CodeMeaning"
    assert told(name, path, table="table_8.8-1a") == ("1", "required", "table_8.8-1a")


def test_a_module(ct):
    assert told(ct, module="Patient") == ("M", "required", "table_A.3-1")
    assert told(ct, module="patient module") == ("M", "required", "table_A.3-1")
    assert told(ct, module="Clinical Trial Subject") == ("U", "optional", "table_A.3-1")
    assert told(Dataset(), module="Patient", table="table_A.3-1")[1] == "required"


def test_a_functional_group_macro(enhanced):
    assert told(enhanced, module="Pixel Measures") == ("M", "required", "table_A.38-2")
    assert told(enhanced, module="Pixel Measures Macro", iod="Enhanced CT Image")[1] == "required"
    assert told(enhanced, module="Frame Content", table="table_A.38-2")[0] == "M"


def test_a_macro_that_has_a_modules_name():
    color = Dataset()
    color.SOPClassUID = "1.2.840.10008.5.1.4.1.1.4.3"
    color.ImageType = ["DERIVED", "PRIMARY", "VOLUME", "NONE"]
    color.RespiratoryMotionCompensationTechnique = "GATING"
    name = "Respiratory Synchronization"
    assert told(color, module=name, table="table_A.36-5")[1] == "required"
    assert told(color, module=name, table="table_A.36-2")[1] == "optional"
    assert told(color, module=name)[1] == "required"  # the Module comes first


@pytest.fixture(scope="module")
def frames() -> Dataset:
    """Two frames of an Enhanced CT Image, original and derived, each with its own Frame Type."""
    dataset = minimal.instance(editions.load("2024c"), ENHANCED_CT)
    dataset.DimensionOrganizationType = "3D"
    shared = dataset.SharedFunctionalGroupsSequence[0]
    kind = shared.CTImageFrameTypeSequence
    del shared.CTImageFrameTypeSequence
    first = dataset.PerFrameFunctionalGroupsSequence[0]
    first.CTImageFrameTypeSequence = kind
    second = copy.deepcopy(first)
    dataset.PerFrameFunctionalGroupsSequence = Sequence([first, second])
    for frame, value in ((first, "ORIGINAL"), (second, "DERIVED")):
        frame.CTImageFrameTypeSequence[0].FrameType = [value, "PRIMARY", "AXIAL", "NONE"]
    return dataset


@pytest.mark.parametrize(
    ("image_type", "status"), [("ORIGINAL", "required"), ("MIXED", "required"), ("X", "optional")]
)
def test_a_macro_by_its_condition(enhanced, image_type, status):
    dataset = copy.deepcopy(enhanced)
    dataset.ImageType = [image_type, "PRIMARY", "AXIAL", "NONE"]
    found = requirement(dataset, module="CT Acquisition Type")
    assert (found.type, found.status) == ("C", status)
    assert found.condition.startswith("Required when Image Type Value 1 is any of ORIGINAL, MIXED")
    said = f"is {image_type}" if status == "required" else "is not ORIGINAL or MIXED"
    assert found.because == (f"ImageType Value 1 {said}",)
    assert (found.citation.table, found.citation.part) == ("table_A.38-2", "PS3.3")


def test_a_macro_is_required_if_it_is_in_one_frame():
    """One frame lacks Pixel Measures' partner: in that frame the condition holds."""
    dataset = minimal.instance(editions.load("2024c"), "1.2.840.10008.5.1.4.1.1.7.2")
    empty, placed = Dataset(), Dataset()
    dataset.PerFrameFunctionalGroupsSequence = Sequence([empty, placed])
    assert told(dataset, module="Pixel Measures")[:2] == ("C", "forbidden")
    placed.PlanePositionSequence = Sequence([Dataset()])
    assert told(dataset, module="Pixel Measures")[:2] == ("C", "required")
    # without frames' Items the shared one is asked
    del dataset.PerFrameFunctionalGroupsSequence
    dataset.SharedFunctionalGroupsSequence = Sequence([placed])
    assert told(dataset, module="Pixel Measures")[:2] == ("C", "required")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # the Sequence that a Macro begins with is asked for as the Macro is
        ("SharedFunctionalGroupsSequence[1].PixelMeasuresSequence", ("1", "required")),
        ("SharedFunctionalGroupsSequence[1].CTAcquisitionTypeSequence", ("1", "required")),
        ("SharedFunctionalGroupsSequence[1].DerivationImageSequence", ("2", "unknown")),
        ("PerFrameFunctionalGroupsSequence[1].TemporalPositionSequence", ("1", "optional")),
        # what is nested in it, as its row says
        (
            "PerFrameFunctionalGroupsSequence[1].CTImageFrameTypeSequence[1].FrameType",
            ("1", "required"),
        ),
        (
            "(5200,9230)[1].(0020,9111)[1].(0020,9158)",
            ("3", "optional"),
        ),
    ],
)
def test_what_is_in_functional_groups(frames, path, expected):
    assert told(frames, path)[:2] == expected


@pytest.mark.parametrize(("frame", "status"), [(1, "required"), (2, "optional")])
def test_a_condition_on_the_same_frame(frames, frame, status):
    """Frame Acquisition DateTime is asked of what the frame's own Frame Type says."""
    path = (
        f"PerFrameFunctionalGroupsSequence[{frame}].FrameContentSequence.FrameAcquisitionDateTime"
    )
    found = requirement(frames, path)
    assert (found.type, found.status) == ("1C", status)
    assert "FrameType Value 1" in found.because[0]
    table = f"(5200,9230)[{frame}].(0020,9111)[1].(0018,9074)"
    assert told(frames, table, table="table_C.7.6.16-3") == ("1C", status, "table_C.7.6.16-3")


@pytest.mark.parametrize(
    ("frame_type", "status"), [("ORIGINAL", "required"), ("DERIVED", "optional")]
)
def test_a_data_set_may_be_one_item_of_functional_groups(frame_type, status):
    item, diffusion, kind = Dataset(), Dataset(), Dataset()
    kind.FrameType = [frame_type, "PRIMARY", "M", "NONE"]
    item.MRDiffusionSequence, item.MRImageFrameTypeSequence = [diffusion], [kind]
    path = "MRDiffusionSequence[1].DiffusionBValue"
    assert told(item, path, table="table_C.8-96") == ("1C", status, "table_C.8-96")
    item.SOPClassUID = "1.2.840.10008.5.1.4.1.1.4.1"
    assert requirement(item, path, table="table_C.8-96").status == status


def test_a_row_without_a_type():
    """Tables of normalized IODs have no Type column."""
    found = requirement(Dataset(), "PrinterStatus", table="table_C.13-9")
    assert (found.type, found.status) == ("", "unknown")
    assert found.because == ("the table gives no Type",)


def _overlays(ct, *groups):
    dataset = copy.deepcopy(ct)
    for group in groups:
        dataset.add_new(group << 16 | 0x0010, "US", 4)
    return dataset


@pytest.mark.parametrize("path", ["(6002,3000)", "(60xx,3000)", "OverlayData", "(6000,3000)"])
def test_a_repeating_group(ct, path):
    found = requirement(_overlays(ct, 0x6002), path)
    assert (found.type, found.status) == ("1", "required")
    assert found.citation.table == "table_C.9-2"
    assert requirement(ct, path).status == "optional"  # no overlay, no Module
    assert requirement(ct, path, table="table_C.9-2").status == "required"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("(6000,1001)", "unknown"),  # people judge whether the referenced image has it
        ("(6002,1001)", "required"),
        ("(60xx,1001)", "required"),
        ("OverlayActivationLayer", "required"),
    ],
)
def test_a_condition_in_a_repeating_group_is_on_that_group(ct, path, status):
    """Overlay Activation Layer is required in a group that has Overlay Rows."""
    found = requirement(_overlays(ct, 0x6002), path, table="table_C.11.7-1")
    assert (found.type, found.status) == ("2C", status)


def test_no_other_tags_repeat(ct):
    for path in ("(6003,3000)", "(7002,3000)", "(6002,FFFF)"):
        with pytest.raises(NoSuchRequirementError, match="no such Attribute is defined there"):
            requirement(ct, path)


def test_an_attribute_of_a_module_that_is_forbidden_is_forbidden(ct):
    """Multi-energy CT Image is for multi-energy acquisitions only."""
    path, because = "MultienergyCTAcquisitionSequence", "the Module Multi-energy CT Image"
    found = requirement(ct, path)
    assert (found.type, found.status) == ("1", "forbidden")
    assert found.because == (f"{because} is not permitted", "MultienergyCTAcquisition is absent")
    assert found.condition == (
        "Required when Multi-energy CT Acquisition is YES; not permitted otherwise."
    )
    there = copy.deepcopy(ct)
    there.MultienergyCTAcquisitionSequence = Sequence([Dataset()])
    assert requirement(there, path).status == "forbidden"  # though it is present
    there.MultienergyCTAcquisition = "YES"
    assert told(there, path)[:2] == ("1", "required")
    del there.MultienergyCTAcquisitionSequence
    assert told(there, path)[:2] == ("1", "required")  # though it is missing


def test_an_attribute_of_a_module_that_people_judge_is_unknown(ct):
    found = requirement(ct, "ContrastBolusAgent")
    assert (found.type, found.status) == ("2", "unknown")
    assert found.because[0] == "the Module Contrast/Bolus is not known to be required"
    assert found.because[1].startswith("people judge: ")
    assert requirement(ct, "ContrastBolusVolume").status == "unknown"  # it may not be permitted
    there = copy.deepcopy(ct)
    there.ContrastBolusRoute = "ORAL"
    assert requirement(there, "ContrastBolusAgent").status == "required"


def test_every_kind_of_source(tmp_path):
    (tmp_path / "a").write_bytes(files.FAILING)
    expected = ("2", "required", "table_F.3-2")
    for source in (tmp_path / "a", str(tmp_path / "a"), json.loads(files.JSON)):
        assert told(source, "FileSetID") == expected
    (tmp_path / "b").write_bytes(files.CUT)
    with pytest.raises(Unreadable, match="the data end"):
        requirement(tmp_path / "b", "FileSetID")
    with pytest.raises(TypeError):
        requirement(42, "FileSetID")


@pytest.mark.parametrize(
    ("path", "named", "said"),
    [
        (None, {}, "neither a path nor a Module"),
        ("NoSuchKeyword", {}, "edition 2024c has no Attribute NoSuchKeyword$"),
        ("Modalitty", {}, "has no Attribute Modalitty; nearest: Modality"),
        (-1, {}, "-1 is no tag"),
        (1 << 32, {}, "4294967296 is no tag"),
        ("ModalityLUTSequence", {}, "is defined there: ModalityLUTSequence at the root$"),
        ("OtherPatientIDsSequence[1].IssuerOfPatient", {}, "nearest: IssuerOfPatientID"),
        ("CodeValue", {}, "CodeValue stands in several places: .* and .* more; give its path"),
        ("Columns", {"iod": "CT Imag"}, "no IOD 'CT Imag'; nearest: CT Image"),
        (None, {"module": "Patent"}, "no Module or Macro 'Patent'; nearest: Patient"),
        (None, {"module": "Modalitty"}, "no Module or Macro 'Modalitty'; nearest: Modality"),
        ("Columns", {"table": "table_C.7-11"}, "no table table_C.7-11; nearest: table_C.7-11"),
        ("PatientID]", {}, "is neither tag nor keyword"),
        ("", {}, "is neither tag nor keyword"),
        ("Columns", {"iod": "No IOD"}, "no IOD 'No IOD'"),
        ("Columns", {"table": "table_Z"}, "edition 2024c has no table table_Z"),
        ("Columns", {"table": "table_C.7-1"}, "table_C.7-1 has no row at the end of that path"),
        ("EchoTime", {}, "no such Attribute is defined there"),
        ("OtherPatientIDsSequence[3].PatientID", {}, "the data set has no Item 3 at step 1"),
        ("OtherPatientIDsSequence[0].PatientID", {}, "has no Item"),
        (None, {"module": "No Module"}, "the IOD CT Image has no Module or Macro 'No Module'"),
        (None, {"module": "Patient", "table": "table_C.7-1"}, "is no table of an IOD's"),
    ],
)
def test_what_the_standard_does_not_have(ct, path, named, said):
    with pytest.raises(NoSuchRequirementError, match=said.replace("(", r"\(")):
        requirement(ct, path, **named)


def test_a_data_set_without_an_iod():
    with pytest.raises(NoSuchRequirementError, match="the SOP Class tells no IOD"):
        requirement(Dataset(), "PatientName")


def test_an_edition_that_is_not_there(ct):
    with pytest.raises(UnknownEditionError):
        requirement(ct, "PatientName", edition="2023e")
    assert requirement(ct, "PatientName", edition="2024a").citation.edition == "2024a"


@pytest.mark.parametrize(
    "path",
    ["00080060", "(0008,0060)", "Modality", 0x00080060, Tag(0x00080060), BaseTag(0x00080060)],
)
def test_every_way_to_name_an_attribute(ct, path):
    found = requirement(ct, path)
    assert (found.type, found.status, found.path) == ("1", "required", "Modality")


def test_the_eight_digits_of_a_tag_are_steps_too(ct):
    path = "00101002[2].00100020"
    assert told(ct, path) == ("1", "required", "table_C.7-1")
    assert requirement(ct, path).path == "OtherPatientIDsSequence[2].PatientID"
    assert told(_overlays(ct, 0x6002), "60xx3000")[:2] == ("1", "required")


@pytest.mark.parametrize("text", ["00281054", "(0028,1054)", "A[1].B", "Modality", "60xx3000"])
def test_what_is_a_path(text):
    assert is_path(text)


@pytest.mark.parametrize("text", ["Patient", "X-Ray Table", "0028105", "Multi-frame"])
def test_what_is_the_name_of_a_module(text):
    assert not is_path(text)


def test_a_path_and_a_module_exclude_each_other(ct):
    with pytest.raises(TypeError, match="can't be asked for together"):
        requirement(ct, "Modality", module="Patient")


def test_who_asks_and_what_is_there(ct):
    dataset = copy.deepcopy(ct)
    dataset.PatientName = None
    asked = [requirement(dataset, path) for path in ("Modality", "PatientName", "ImageComments")]
    assert [(each.module, each.presence) for each in asked] == [
        ("General Series", "present"), ("Patient", "empty"), ("General Image", "absent"),
    ]  # fmt: skip
    module = requirement(dataset, module="Patient")
    assert (module.module, module.presence) == ("Patient", "present")
    assert requirement(dataset, module="Clinical Trial Subject").presence == "absent"
    row = requirement(dataset, "PatientID", table="table_C.7-1")
    assert (row.module, row.presence) == ("Patient", "present")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("CTImageFrameTypeSequence[1].FrameType", "PerFrameFunctionalGroupsSequence[1]."),
        ("CTImageFrameTypeSequence.FrameType", "PerFrameFunctionalGroupsSequence[1]."),
        ("PixelMeasuresSequence[1].PixelSpacing", "SharedFunctionalGroupsSequence[1]."),
        # what no Item has is asked of the shared one
        ("CTAcquisitionTypeSequence", "SharedFunctionalGroupsSequence[1]."),
        # what stands in one place only
        ("FrameType", "PerFrameFunctionalGroupsSequence[1].CTImageFrameTypeSequence[1]."),
    ],
)
def test_a_path_may_begin_in_functional_groups(frames, path, expected):
    found = requirement(frames, path, iod="Enhanced CT Image")
    assert found.path == expected + path
    whole = requirement(frames, found.path)
    assert found == whole


def test_the_first_frame_that_holds_it_is_meant(frames):
    dataset = copy.deepcopy(frames)
    del dataset.PerFrameFunctionalGroupsSequence[0].CTImageFrameTypeSequence
    found = requirement(dataset, "CTImageFrameTypeSequence[1].FrameType")
    assert found.path.startswith("PerFrameFunctionalGroupsSequence[2].")


def test_a_table_s_path_may_begin_in_functional_groups(frames):
    path, table = "FrameContentSequence[1].FrameAcquisitionDateTime", "table_C.7.6.16-3"
    found = requirement(frames, path, table=table)
    assert (found.type, found.status) == ("1C", "required")
    assert found.path == f"PerFrameFunctionalGroupsSequence[1].{path}"


def test_of_several_places_the_one_that_the_data_set_has(ct):
    dataset = copy.deepcopy(ct)
    dataset.ProcedureCodeSequence = Sequence([Dataset()])
    dataset.ProcedureCodeSequence[0].CodeValue = "1"
    assert requirement(dataset, "CodeValue").path == "ProcedureCodeSequence[1].CodeValue"


def test_a_path_to_an_item_that_is_not_there(enhanced):
    with pytest.raises(NoSuchRequirementError, match="the data set has no Item of Shared"):
        requirement(enhanced, "DerivationCodeSequence")


def test_a_file_may_lack_its_preamble(tmp_path):
    (tmp_path / "a").write_bytes(files.FAILING[132:])
    with pytest.raises(Unreadable):
        requirement(tmp_path / "a", "FileSetID")
    assert requirement(tmp_path / "a", "FileSetID", force=True).status == "required"


def test_an_input_without_a_data_set(tmp_path):
    (tmp_path / "a.json").write_text("[]")
    with pytest.raises(Unreadable, match="without a data set"):
        requirement(tmp_path / "a.json", "FileSetID")


@pytest.mark.parametrize(("kind", "status"), [("BMATRIX", "required"), ("NONE", "forbidden")])
def test_a_functional_group_by_its_short_path(kind, status):
    dataset, diffusion = Dataset(), Dataset()
    diffusion.DiffusionDirectionality = kind
    group = Dataset()
    group.MRDiffusionSequence = Sequence([diffusion])
    dataset.SOPClassUID = "1.2.840.10008.5.1.4.1.1.4.1"
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "DIFFUSION", "NONE"]
    dataset.PerFrameFunctionalGroupsSequence = Sequence([Dataset(), group])
    path = "MRDiffusionSequence[1].DiffusionBMatrixSequence"
    found = requirement(dataset, path, iod="Enhanced MR Image")
    assert (found.type, found.status, found.module) == ("1C", status, "MR Diffusion")
    assert found.path == f"PerFrameFunctionalGroupsSequence[2].{path}"


def test_a_transfer_syntax_beside_the_data_set():
    uid = {"vr": "UI", "Value": ["1.2.840.10008.1.2.4.94"]}
    path, table = "PixelDataProviderURL", "table_C.7-11a"
    assert requirement({"00020010": uid}, path, table=table).status == "required"
    assert requirement({}, path, table=table).status == "unknown"


def test_a_macro_in_an_item_of_functional_groups():
    item = Dataset()
    item.MRModifierSequence = [Dataset()]
    item.MRImageFrameTypeSequence = [Dataset()]
    item.MRImageFrameTypeSequence[0].FrameType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    path = "MRModifierSequence[1].InversionRecovery"
    assert told(item, path, table="table_C.8-92")[1] == "required"
    item.MRImageFrameTypeSequence[0].FrameType = ["DERIVED", "PRIMARY", "VOLUME", "NONE"]
    assert told(item, path, table="table_C.8-92")[1] == "optional"


def test_the_first_control_point_by_its_index():
    point = Dataset()
    for index, status in ((1, "required"), (2, "unknown")):
        point.RTControlPointIndex = index
        assert told(point, "DeliveryRate", table="table_C.36.2.2.6-1")[1] == status


def test_a_filter_whose_kind_only_the_sequence_around_it_tells():
    path = "NotchFilterFrequency"
    assert told(Dataset(), path, table="table_C.10.12-1")[1] == "unknown"
    channel = Dataset()
    channel.NotchFilterCharacteristicsSequence = [Dataset()]
    channel.FilterLowFrequencyCharacteristicsSequence = [Dataset()]
    notch, low = "NotchFilterCharacteristicsSequence", "FilterLowFrequencyCharacteristicsSequence"
    assert told(channel, f"{notch}[1].{path}", table="table_C.10.12-1")[1] == "required"
    assert told(channel, f"{low}[1].{path}", table="table_C.10.12-1")[1] == "forbidden"


def test_a_macro_s_own_sequence_of_type_1c_is_asked_for_as_the_macro_is():
    """PS3.3 Table A.86.1.15-2: people judge whether a beam limiting device was used."""
    dataset = Dataset()
    dataset.PerFrameFunctionalGroupsSequence = [Dataset()]
    dataset.NumberOfRTBeamLimitingDevices = 1
    path = "RTBeamLimitingDeviceOpeningSequence"
    macro = requirement(
        dataset, module="RT Beam Limiting Device Opening Sequence", iod="Enhanced RT Image"
    )
    found = requirement(dataset, path, iod="Enhanced RT Image")
    assert (macro.type, macro.status) == ("C", "unknown")
    assert (found.type, found.status, found.because) == ("1C", "unknown", macro.because)
    dataset.NumberOfRTBeamLimitingDevices = 0
    assert requirement(dataset, path, iod="Enhanced RT Image").status == "forbidden"
    group = "table_C.36.2.2.21-1"
    dataset.NumberOfRTBeamLimitingDevices = 1
    assert requirement(dataset, path, table=group).status == "required"
