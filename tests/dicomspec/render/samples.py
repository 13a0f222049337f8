"""Made-up reports that look like real ones.

Names, tags and ids are those of the standard; messages are in the manner of the validator's own.
"""

from dataclasses import replace

from dicomspec.findings import Citation, Finding, Location, NotEvaluated, Step
from dicomspec.report import (
    AttributeOutcome,
    InstanceReport,
    ModuleOutcome,
    Presence,
    Report,
    Status,
    Verdict,
)

EDITION = "2024c"
CT_UID = "1.2.840.10008.5.1.4.1.1.2"
MR_UID = "1.2.840.10008.5.1.4.1.1.4.1"

# IE | Module | Usage | section | table, then its Attributes: tag | name | Type | status
CT_TEXT = """
Patient|Patient|M|C.7.1.1|C.7-1
 (0010,0010)|Patient's Name|2|ok
 (0010,0020)|Patient ID|2|ok
 (0010,0021)|Issuer of Patient ID|3|ok
 (0010,0030)|Patient's Birth Date|2|empty
 (0010,0040)|Patient's Sex|2|fault
 (0012,0062)|Patient Identity Removed|3|ok
 (0012,0063)|De-identification Method|1C|not evaluated
Patient|Clinical Trial Subject|U|C.7.1.3|C.7-2b
Study|General Study|M|C.7.2.1|C.7-3
 (0020,000D)|Study Instance UID|1|ok
 (0008,0020)|Study Date|2|ok
 (0008,0030)|Study Time|2|ok
 (0008,0050)|Accession Number|2|empty
 (0008,0090)|Referring Physician's Name|2|empty
 (0020,0010)|Study ID|2|ok
 (0008,1030)|Study Description|3|ok
Study|Patient Study|U|C.7.2.2|C.7-4a
 (0010,1010)|Patient's Age|3|ok
 (0010,1030)|Patient's Weight|3|ok
Study|Clinical Trial Study|U|C.7.2.3|C.7-4b
Series|General Series|M|C.7.3.1|C.7-5a
 (0008,0060)|Modality|1|ok
 (0020,000E)|Series Instance UID|1|ok
 (0020,0011)|Series Number|2|ok
 (0020,0060)|Laterality|2C|not evaluated
 (0008,0021)|Series Date|3|ok
 (0008,103E)|Series Description|3|ok
 (0018,0015)|Body Part Examined|3|ok
 (0018,5100)|Patient Position|2C|ok
 (0040,0275)|Request Attributes Sequence|3|ok
 (0040,0275)[1].(0040,1001)|Requested Procedure ID|1C|ok
 (0040,0275)[1].(0032,1060)|Requested Procedure Description|3|ok
 (0040,0275)[1].(0040,0009)|Scheduled Procedure Step ID|1C|ok
 (0040,0275)[1].(0040,0008)|Scheduled Protocol Code Sequence|3|ok
 (0040,0275)[1].(0040,0008)[1].(0008,0100)|Code Value|1C|ok
 (0040,0275)[1].(0040,0008)[1].(0008,0102)|Coding Scheme Designator|1C|ok
 (0040,0275)[1].(0040,0008)[1].(0008,0104)|Code Meaning|1|fault
 (0040,0275)[2].(0040,1001)|Requested Procedure ID|1C|ok
 (0040,0275)[2].(0040,0009)|Scheduled Procedure Step ID|1C|ok
Series|Clinical Trial Series|U|C.7.3.2|C.7-5b
Frame of Reference|Frame of Reference|M|C.7.4.1|C.7-6
 (0020,0052)|Frame of Reference UID|1|ok
 (0020,1040)|Position Reference Indicator|2|empty
Frame of Reference|Synchronization|C|C.7.4.2|C.7-7
Equipment|General Equipment|M|C.7.5.1|C.7-8
 (0008,0070)|Manufacturer|2|ok
 (0008,1090)|Manufacturer's Model Name|3|ok
 (0018,1020)|Software Versions|3|ok
 (0028,0120)|Pixel Padding Value|1C|ok
Acquisition|General Acquisition|M|C.7.10.1|C.7.10.1-1
 (0020,0012)|Acquisition Number|3|ok
 (0008,0022)|Acquisition Date|3|ok
 (0008,0032)|Acquisition Time|3|ok
Image|General Image|M|C.7.6.1|C.7-9
 (0020,0013)|Instance Number|2|ok
 (0020,0020)|Patient Orientation|2C|absent
 (0008,0023)|Content Date|2C|ok
 (0008,0033)|Content Time|2C|ok
 (0028,2110)|Lossy Image Compression|3|ok
Image|General Reference|U|C.12.4|C.12-12
Image|Image Plane|M|C.7.6.2|C.7-10
 (0028,0030)|Pixel Spacing|1|ok
 (0020,0037)|Image Orientation (Patient)|1|ok
 (0020,0032)|Image Position (Patient)|1|ok
 (0018,0050)|Slice Thickness|2|fault
Image|Image Pixel|M|C.7.6.3|C.7-11a
 (0028,0002)|Samples per Pixel|1|ok
 (0028,0004)|Photometric Interpretation|1|ok
 (0028,0010)|Rows|1|ok
 (0028,0011)|Columns|1|ok
 (0028,0100)|Bits Allocated|1|ok
 (0028,0101)|Bits Stored|1|ok
 (0028,0102)|High Bit|1|ok
 (0028,0103)|Pixel Representation|1|ok
 (7FE0,0010)|Pixel Data|1C|ok
Image|Contrast/Bolus|C|C.7.6.4|C.7-12
Image|Device|U|C.7.6.12|C.7-18
Image|Specimen|U|C.7.6.22|C.7.6.22-1
Image|CT Image|M|C.8.2.1|C.8-3
 (0008,0008)|Image Type|1|ok
 (0028,1052)|Rescale Intercept|1|ok
 (0028,1053)|Rescale Slope|1|ok
 (0028,1054)|Rescale Type|1C|not evaluated
 (0018,0060)|KVP|2|ok
 (0018,1150)|Exposure Time|3|ok
 (0018,1210)|Convolution Kernel|3|ok
Image|Multi-energy CT Image|C|C.8.2.2|C.8.2.2-1
Image|Overlay Plane|U|C.9.2|C.9-2
Image|VOI LUT|U|C.11.2|C.11-2b
 (0028,1050)|Window Center|1C|ok
 (0028,1051)|Window Width|1C|ok
Image|SOP Common|M|C.12.1|C.12-1
 (0008,0016)|SOP Class UID|1|ok
 (0008,0018)|SOP Instance UID|1|ok
 (0008,0005)|Specific Character Set|1C|ok
Image|Common Instance Reference|U|C.12.2|C.12-8
"""

MR_HEAD = """
Patient|Patient|M|C.7.1.1|C.7-1
 (0010,0010)|Patient's Name|2|ok
 (0010,0020)|Patient ID|2|ok
Series|MR Series|M|C.8.13.6|C.8-83
 (0008,0060)|Modality|1|ok
Image|Enhanced MR Image|M|C.8.13.1|C.8-81
 (0008,0008)|Image Type|1|ok
 (0018,9073)|Acquisition Duration|1C|ok
Image|Multi-frame Functional Groups|M|C.7.6.16|C.7.6.16-1
 (0020,0013)|Instance Number|1|ok
 (0028,0008)|Number of Frames|1|ok
 (5200,9229)|Shared Functional Groups Sequence|1|ok
 (5200,9229)[1].(0028,9110)|Pixel Measures Sequence|1|ok
 (5200,9229)[1].(0028,9110)[1].(0028,0030)|Pixel Spacing|1C|ok
 (5200,9229)[1].(0028,9110)[1].(0018,0050)|Slice Thickness|1C|ok
 (5200,9230)|Per-frame Functional Groups Sequence|1|ok
"""
MR_FRAME = """
 (5200,9230)[{0}].(0020,9111)|Frame Content Sequence|1|ok
 (5200,9230)[{0}].(0020,9111)[1].(0020,9157)|Dimension Index Values|1C|ok
 (5200,9230)[{0}].(0020,9113)|Plane Position Sequence|1|ok
 (5200,9230)[{0}].(0020,9113)[1].(0020,0032)|Image Position (Patient)|1C|ok
 (5200,9230)[{0}].(0018,9117)|MR Diffusion Sequence|1|ok
 (5200,9230)[{0}].(0018,9117)[1].(0018,9087)|Diffusion b-value|1C|ok
 (5200,9230)[{0}].(0018,9117)[1].(0018,9075)|Diffusion Directionality|1C|fault
"""


def keyword(name):
    letters = "".join(
        c if c.isalnum() else " "
        for c in name.replace("'s", "").replace("De-i", "Dei").replace("-f", " f")
    )
    return "".join(word[0].upper() + word[1:] for word in letters.split())


def cite(section, table, row=""):
    page = "sect_" + ".".join(section.split(".")[:2])
    return Citation(EDITION, "PS3.3", f"table_{table}", f"sect_{section}", row, page)


def location(path, names=None):
    """Return the Location of "(0040,0275)[1].(0040,0008)"; `names` gives names by tag."""
    steps = []
    for step in filter(None, path.split(".")):
        tag, _, item = step.partition("[")
        word = keyword((names or {}).get(tag, tag)) if tag in (names or {}) else tag
        steps.append(Step(tag, word, int(item.rstrip("]")) if item else None))
    return Location(tuple(steps))


def outline(text):
    """Return the outline that a text like CT_TEXT describes."""
    names = {
        line.split("|")[0].rpartition(".")[2].strip(): line.split("|")[1] for line in lines(text)
    }
    modules = []
    for line in lines(text):
        if not line.startswith(" "):
            entity, name, usage, section, table = line.split("|")
            place = cite(section, table)
            presence = Presence.ABSENT
            modules.append(ModuleOutcome(entity, name, usage, presence, place))
            continue
        path, name, type_, status = line.strip().split("|")
        row = f"para_{sum(map(ord, path.split('[')[0] + name)):08x}-0000-4000-8000-000000000000"
        place = replace(modules[-1].citation, row=row)
        outcome = AttributeOutcome(location(path, names), name, type_, Status(status), place)
        attributes = (*modules[-1].attributes, outcome)
        present = Presence.PRESENT
        modules[-1] = replace(modules[-1], attributes=attributes, presence=present)
    return tuple(modules)


def lines(text):
    return [line for line in text.splitlines() if line.strip()]


def outcomes(modules, status):
    """Return (Module, outcome) for every Attribute of that status."""
    return [(m, a) for m in modules for a in m.attributes if a.status is status]


MESSAGES = {
    "Patient's Sex": ("attribute/type-2-missing", "Patient's Sex is absent.", None),
    "Code Meaning": ("attribute/type-1-empty", "Code Meaning has no value.", ""),
    "Slice Thickness": ("attribute/type-2-missing", "Slice Thickness is absent.", None),
    "Diffusion Directionality": (
        "attribute/type-1-missing",
        "Diffusion Directionality is absent; it is required here.",
        None,
    ),
}


def faults(modules, sop_class_uid):
    """Return a finding for every Attribute at fault."""
    made = []
    for module, outcome in outcomes(modules, Status.FAULT):
        code, message, value = MESSAGES[outcome.name]
        finding = Finding(
            code,
            outcome.location,
            message,
            outcome.citation,
            module.name,
            outcome.type,
            value,
            sop_class_uid=sop_class_uid,
        )
        made.append(finding)
    return made


def still_open(modules, more=0):
    """Return what was not evaluated: the Attributes so marked, and `more` made-up ones."""
    made = [
        NotEvaluated(a.location, m.name, a.type, "judgement", a.citation, a.name)
        for m, a in outcomes(modules, Status.NOT_EVALUATED)
    ]
    for number in range(more):
        module = modules[number * 7 % len(modules)]
        tag = f"(0018,{0x9300 + number:04X})"
        place = replace(module.citation, row=f"para_{number:08x}-0000-4000-8000-00000000000f")
        reason = "judgement" if number % 3 else "unparsed"
        made.append(NotEvaluated(location(tag), module.name, "1C", reason, place))
    return tuple(made)


def ct(path="study/series-1/IM0001.dcm", number=1):
    """Return a CT Image with four findings and about sixty requirements not evaluated."""
    modules = outline(CT_TEXT)
    findings = faults(modules, CT_UID)
    findings[1] = replace(
        findings[1],
        condition="Required always, in every Item of Scheduled Protocol Code Sequence",
        because=(
            "(0040,0275) Request Attributes Sequence has 2 Items",
            "(0040,0008) Scheduled Protocol Code Sequence has 1 Item",
        ),
    )
    findings.append(
        Finding(
            "instance/retired-sop-class",
            Location(),
            "A made-up warning that concerns the file as a whole.",
            Citation(EDITION, "PS3.4", "", "sect_B.6", "", "sect_B.6"),
            value="1.2.840.10008.5.1.4.1.1.6",
            sop_class_uid=CT_UID,
        )
    )
    return InstanceReport(
        path,
        Verdict.FAIL,
        tuple(findings),
        still_open(modules, 56),
        214,
        CT_UID,
        "CT Image Storage",
        f"1.2.826.0.1.3680043.10.511.3.{number}",
        "CT Image",
        Citation(EDITION, "PS3.3", "table_A.3-1", "sect_A.3.3", "", "sect_A.3.3"),
        modules,
    )


def good_ct(path="study/series-2/IM0001.dcm", number=1):
    """Return a CT Image in which nothing is wrong."""
    text = CT_TEXT.replace("|fault", "|ok")
    modules = outline(text)
    return replace(
        ct(path, number),
        verdict=Verdict.PASS,
        findings=(),
        outline=modules,
        not_evaluated=still_open(modules),
    )


def mr(path="study/series-3/EMR0001.dcm", frames=4):
    """Return an Enhanced MR Image with the same fault in every frame."""
    frame_rows = "".join(MR_FRAME.format(frame) for frame in range(1, frames + 1))
    modules = (
        *outline(MR_HEAD + frame_rows),
        ModuleOutcome(
            "Image", "Acquisition Context", "M", Presence.MISSING, cite("C.7.6.14", "C.7.6.14-1")
        ),
    )
    missing = Finding(
        "module/mandatory-missing",
        Location(),
        "Acquisition Context is absent; its Usage is M.",
        cite("C.7.6.14", "C.7.6.14-1"),
        "Acquisition Context",
        sop_class_uid=MR_UID,
    )
    names = {"(5200,9230)": "Per-frame Functional Groups Sequence"}
    frame = Finding(
        "functional-group/missing",
        location("(5200,9230)[2]", names),
        "MR Averages is neither shared nor in this frame.",
        cite("C.8.13.5.13", "C.8-100"),
        "Multi-frame Functional Groups",
        sop_class_uid=MR_UID,
    )
    return InstanceReport(
        path,
        Verdict.FAIL,
        (*faults(modules, MR_UID), missing, frame),
        still_open(modules, 9),
        611,
        MR_UID,
        "Enhanced MR Image Storage",
        "1.2.826.0.1.3680043.10.511.3.77",
        "Enhanced MR Image",
        Citation(EDITION, "PS3.3", "table_A.36-1", "sect_A.36.2.3", "", "sect_A.36.2.3"),
        modules,
    )


def unreadable(path="study/DICOMDIR.bak"):
    """Return an input that isn't DICOM."""
    finding = Finding(
        "instance/unreadable",
        Location(),
        "The data set ends at byte 1,482, inside of an element.",
        Citation(EDITION, "PS3.10", "", "chapter_7", "", "chapter_7"),
    )
    return InstanceReport(path, Verdict.UNREADABLE, (finding,))


def unknown(path="study/private/RAW0001.dcm"):
    """Return an instance of a private SOP Class."""
    uid = "1.3.12.2.1107.5.9.1"
    finding = Finding(
        "instance/unknown-sop-class",
        Location(),
        "This edition defines no such SOP Class.",
        Citation(EDITION, "PS3.4", "", "sect_B.5", "", "sect_B.5"),
        value=uid,
        sop_class_uid=uid,
    )
    return InstanceReport(
        path, Verdict.UNKNOWN_SOP_CLASS, (finding,), requirements_checked=12, sop_class_uid=uid
    )


def report(*instances):
    return Report(EDITION, "0.1.0", instances)


def mixed(instances=50):
    """Return a run of many kinds: a series that fails, one that passes, and odd ones."""
    odd = (mr(), unreadable(), unknown())
    bad = (instances - len(odd)) // 5
    failing = tuple(ct(f"study/series-1/IM{n:04}.dcm", n) for n in range(1, bad + 1))
    passing = tuple(
        good_ct(f"study/series-2/IM{n:04}.dcm", n) for n in range(1, instances - bad - 2)
    )
    return report(*failing, *passing, *odd)
