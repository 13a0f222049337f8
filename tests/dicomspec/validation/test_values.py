"""What is in each element: examples of each VR, and that no bytes and no value crash a check."""

from datetime import date
from decimal import Decimal
from time import process_time

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from dicomspec import edition as editions
from dicomspec.dataset.syntax import LIST_VRS, SINGLE_VRS
from dicomspec.validation.checks import multiplicity, patterns, representations, strings, text
from dicomspec.validation.checks.multiplicity import Span
from tests.dicomspec.dataset.build import explicit, item, part10, read_bytes, sequence
from tests.dicomspec.validation.conftest import CT, check, validator

_EDITION = editions.load("2024c")
_NUMBERS = [
    int(each.tag[1:5] + each.tag[6:10], 16)
    for each in _EDITION.elements.values()
    if "x" not in each.tag and each.vr
]
_PRIVATE = 0x00091001
OURS = ("value/", "charset/", "uid/", "internal/")


def codes(*elements: bytes) -> list[tuple[str, str]]:
    """Return what is found in the elements of a file, by code and path."""
    report = validator().validate(read_bytes(part10(b"".join(elements))))
    return [(each.code, each.path) for each in report.findings if each.code.startswith(OURS)]


def private(vr: str, value: bytes) -> list[str]:
    """Return the codes found in a private element of a VR."""
    return [code for code, _ in codes(explicit(_PRIVATE, vr, value))]


GOOD = [
    *[("AE", value) for value in (b"STORE_SCP ", b" A lower ", b"ONE\\TWO ", b"ONE\\TWO\\ ")],
    *[("AS", value) for value in (b"018M", b"000D", b"018M\\019Y ")],
    *[("CS", value) for value in (b"ORIGINAL\\PRIMARY ", b"A_1 ", b" A", b"A\\\\B ")],
    *[("DA", value) for value in (b"19930822", b"20240229", b"15000101", b"19930822\\19930823 ")],
    *[("DS", value) for value in (b"1.5 ", b" +1.", b"-.5E+10 ", b"1234567890123456", b"1\\2 ")],
    ("DT", b"19530827111300.0"),
    *[("DT", value) for value in (b"195308", b"2007-0500 ", b"20240229235960.123456+1400")],
    *[("IS", value) for value in (b"-2147483648 ", b"+2147483647 ", b"0 ", b"00000000001 ")],
    *[("LO", value) for value in (b"x" * 64, b" padded ", b"one\\two ", b"x" * 64 + b"\\y")],
    *[("LT", value) for value in (b"a\\b\r\n\tc\f", b"x" * 10240)],
    ("PN", b"Adams^John Robert Quincy^^Rev.^B.A. M.Div."),
    *[("PN", value) for value in (b"A^B^C^D^E ", b"a=b=c ", b"==c ", b"x" * 64, b"A\\B ")],
    *[("SH", value) for value in (b"x" * 16, b"a\\b ")],
    *[("ST", value) for value in (b"x" * 1024, b"one\r\ntwo")],
    *[("TM", value) for value in (b"070907.0705 ", b"1010", b"10", b"235960", b"10\\11 ")],
    *[("UC", value) for value in (b"x" * 500, b"a\\b ")],
    *[("UI", value) for value in (b"1.2.840.10009.1\0", b"2.25.1", b"1.2\\1.3\0", b"0.4.0")],
    *[("UR", value) for value in (b"http://a.b/c?d=e%20f#g ", b"../a")],
    *[("UT", value) for value in (b"x" * 20000, b"a\\b ")],
    *[("US", b"\0\1\0\2"), ("OW", b"\0\1"), ("FD", bytes(16)), ("OB", b"\0\0"), ("AT", bytes(4))],
    *[("FL", b"\0\0\xc0\x7f"), ("UN", b"\xff\xff"), ("OV", bytes(8)), ("SV", b"")],
]
BAD = [
    *[("AE", value) for value in (b"a\tb ", b"  ", b"caf\xe9")],
    *[("AS", value) for value in (b"18Y ", b"018y", b"18")],
    *[("CS", value) for value in (b"ot", b"A-B ", b"A/B ", b"OK\\no ", b"\xc4A")],
    *[("DA", value) for value in (b"1993.08.22", b"19930230", b"19000229", b"00000000", b"199308")],
    *[("DA", value) for value in (b"19930101-19940101 ", b'""', b"19931301")],
    *[("DS", value) for value in (b"1,5 ", b"1 2 ", b"NaN ", b"E5", b". ", b"1e", b"--1 ")],
    *[("DT", value) for value in (b"20240101240000", b"2007-0000 ", b"2007+1401 ", b"2007-1201 ")],
    *[("DT", value) for value in (b" 2007 ", b"200713", b"20240101000061", b"2024.5", b"20240230")],
    *[("IS", value) for value in (b"2147483648", b"1.0 ", b"1 2 ", b"0x1 ", b"9" * 12)],
    *[("LO", value) for value in (b"a\nb ", b"a\0b ", b"a\x7f")],
    *[("LT", value) for value in (b"a\0b ", b"a\x0bb ")],
    *[("PN", value) for value in (b"a^b^c^d^e^f ", b"a=b=c=d ", b"a\rb ")],
    *[("TM", value) for value in (b"14:04:38", b"2400", b"021 ", b"1060", b"101061", b" 10 ")],
    *[("TM", value) for value in (b"10-11 ", b"101010. ", b"10.5")],
    *[("UI", value) for value in (b"1.2.03", b"1..2", b"1.2.", b"1", b"1.2.a\0", b"0\0")],
    *[("UR", value) for value in (b" http://a ", b"a b ", b"a%2", b"a\\b ", b"\xe9a")],
    *[("UL", bytes(6)), ("FD", bytes(4)), ("OF", bytes(2)), ("OV", bytes(4)), ("AT", bytes(2))],
]


@pytest.mark.parametrize(("vr", "value"), GOOD)
def test_good_values(vr, value):
    assert private(vr, value) == []


@pytest.mark.parametrize(("vr", "value"), BAD)
def test_bad_values(vr, value):
    assert private(vr, value) == ["value/representation"]


@pytest.mark.parametrize(("vr", "value", "code"), [
    ("AE", b"SEVENTEEN_LETTERS ", "value/too-long"),
    ("CS", b"SEVENTEEN_LETTERS ", "value/too-long"),
    ("DS", b"1.2345678901234567", "value/too-long"),
    ("DT", b"20240101101010.123456+0100  ", "value/too-long"),
    ("IS", b"0000000000001 ", "value/too-long"),
    ("LO", b"x" * 65 + b" ", "value/too-long"),
    ("LT", b"x" * 10242, "value/too-long"),
    ("PN", b"x" * 64 + b"=y ", "value/too-long"),
    ("SH", b"x" * 18, "value/too-long"),
    ("ST", b"x" * 1026, "value/too-long"),
    ("TM", b"101010.123456   ", "value/too-long"),
    ("UI", b"1.2." + b"3" * 61 + b"\0", "value/too-long"),
    ("CS", b"ODD\0", "value/padding"),
    ("DA", b"20240101  ", "value/padding"),
    ("AS", b"018Y  ", "value/padding"),
    ("LO", b"\xff\xff", "charset/beyond-default"),
    ("LO", b"ODD\0", "value/padding"),
    ("UI", b"1.2.3 ", "value/padding"),
    ("UI", b"1.2.31\0\0", "value/padding"),
    ("UI", b"1.2.3\0\\1.2.3\0", "value/padding"),
    ("LT", b"a\nb ", "value/line-ending"),
    ("ST", b"a\rb ", "value/line-ending"),
    ("UI", b"3.2.31", "uid/root"),
    ("UI", b"1.40.1", "uid/root"),
    ("UI", b"1.9.31", "uid/unassigned-root"),
])  # fmt: skip
def test_other_codes(vr, value, code):
    assert private(vr, value) == [code]


def test_a_pattern_fits_only_what_is_right():
    """What is fine at a glance is what nothing is wrong with, of the examples of all VRs."""
    for vr, value in GOOD + BAD:
        if vr in strings.FORMS and patterns.fine(vr, "1-n")(value):
            assert strings.fault(vr, value) is None
    fits = [(vr, value) for vr, value in BAD if patterns.fine(vr, "1-n")(value)]
    assert fits == []


@given(st.sampled_from(sorted(strings.FORMS)), st.text("0129.-+E AZaz\\\0:DY", max_size=20))
@example("AE", " ")
@example("AE", "A\\ ")
def test_no_pattern_fits_what_is_wrong(vr, value):
    data = value.encode()
    if patterns.fine(vr, "1-n")(data):
        assert strings.fault(vr, data) is None


@pytest.mark.parametrize("vr", sorted({*strings.FORMS, *text.FORMS}))
@pytest.mark.parametrize("value", [b"1" * 60_000 + b"x.", b"\\" * 60_000, b"1.2 " * 15_000])
def test_no_value_takes_its_time(vr, value):
    started = process_time()
    private(vr, value)
    assert process_time() - started < 2


def test_a_wrong_value_is_named_by_its_number():
    report = validator().validate(read_bytes(part10(explicit(0x00080008, "CS", b"A\\b\\c "))))
    finding = next(each for each in report.findings if each.code == "value/representation")
    assert finding.message == "Value 2 of Image Type has characters that CS hasn't."
    assert finding.citation.url.endswith("#table_6.2-1")
    assert finding.offset is not None


@pytest.mark.parametrize(
    ("printed", "spans"),
    [
        ("1", (Span(1, 1),)),
        ("1-8", (Span(1, 8),)),
        ("1-n", (Span(1, None),)),
        ("2-2n", (Span(2, None, 2),)),
        ("3-3n", (Span(3, None, 3),)),
        ("1-n or 1", (Span(1, None), Span(1, 1))),
        ("as said", ()),
    ],
)
def test_multiplicities_are_read(printed, spans):
    assert multiplicity.spans(printed) == spans


def test_every_multiplicity_of_the_registry_is_understood():
    for name in editions.available():
        for element in editions.load(name).elements.values():
            assert multiplicity.spans(element.vm)


@pytest.mark.parametrize(
    ("printed", "right", "wrong"),
    [("1", [0, 1], [2]), ("2-2n", [0, 2, 4], [1, 3]), ("3-3n", [3, 6], [4]), ("2-n", [2, 3], [1])],
)
def test_numbers_of_values(printed, right, wrong):
    assert all(multiplicity.allows(printed, number) for number in right)
    assert not any(multiplicity.allows(printed, number) for number in wrong)
    for number in (*right, *wrong):
        value = b"\\".join([b"1"] * number)
        assert bool(patterns.fine("IS", printed)(value)) is (number in right)
        assert bool(patterns.fine("US", printed)(bytes(2 * number))) is (number in right)


def test_what_stays_in_the_file_is_counted():
    long = b"\\".join([b"1"] * 700_001) + b" "
    assert codes(explicit(0x00280030, "DS", b"1\\2 ")) == []
    found = codes(explicit(0x0040A160, "UT", long), explicit(0x00660016, "OF", bytes(5000)))
    assert found == []
    assert codes(explicit(0x00660016, "OF", bytes(5002))) == [
        ("value/representation", "(0066,0016)")
    ]


@pytest.mark.parametrize(
    ("tag", "vr", "value", "code"),
    [
        (0x00101010, "SH", b"018Y", "value/vr-mismatch"),
        (0x00101010, "UN", b"018Y", "value/vr-un"),
        (0x00281201, "US", b"\0\0", "value/vr-former"),
        (0x00090010, "SH", b"MAKE", None),  # told by who looks at private creators
        (0x00090010, "LO", b"MA\0E", "value/representation"),
        (0x00080000, "UL", bytes(4), None),
        (0x00080001, "LO", b"x ", None),  # retired
        (0x00280106, "SS", b"\0\0", None),
        (0x60003000, "OB", b"\0\0", None),
    ],
)
def test_vrs(tag, vr, value, code):
    assert codes(explicit(tag, vr, value)) == (
        [(code, f"({tag >> 16:04X},{tag & 0xFFFF:04X})")] if code else []
    )


def test_elements_as_un_are_told_once():
    """Of the first of them, wherever the others are; they are counted."""
    unknown = [explicit(tag, "UN", b"1 ") for tag in (0x00101010, 0x00180050)]
    inner = sequence(0x00081140, item(explicit(0x00081155, "UN", b"1.")))
    report = validator().validate(read_bytes(part10(inner + b"".join(unknown))))
    (finding,) = [each for each in report.findings if each.code == "value/vr-un"]
    assert finding.message.endswith("is encoded as UN, though its VR, AS, is known; 2 more are.")
    assert (finding.path, finding.citation.section) == ("(0010,1010)", "sect_6.2.2")


def test_a_long_value_as_un_is_nothing_to_say():
    assert codes(explicit(0x30060050, "UN", b"1\\" * 33_000)) == []


@pytest.mark.parametrize(("signed", "vr", "told"), [
    (0, "US", False), (0, "SS", True), (1, "SS", False), (1, "US", True),
])  # fmt: skip
def test_padding_follows_pixel_representation(signed, vr, told):
    found = codes(explicit(0x00280103, "US", bytes([signed, 0])), explicit(0x00280120, vr, b"\0\0"))
    assert found == ([("value/vr-mismatch", "(0028,0120)")] if told else [])


LATIN = explicit(0x00080005, "CS", b"ISO_IR 100")
KANJI = explicit(0x00080005, "CS", b"\\ISO 2022 IR 87")
HANGUL = explicit(0x00080005, "CS", b"\\ISO 2022 IR 149 ")
KATAKANA = explicit(0x00080005, "CS", b"ISO 2022 IR 13\\ISO 2022 IR 87 ")
UTF = explicit(0x00080005, "CS", b"ISO_IR 192")
GB = explicit(0x00080005, "CS", b"GB18030 ")

# PS3.5 H.3.1, H.3.2, I.2, J.2; and what would be wrong with them
NAMES = [
    (LATIN, "Äneas^Rüdiger ".encode("latin-1"), None),
    (LATIN, b"Buc^J\x8er\xf4me", "charset/undecodable"),
    (KANJI, b"Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B", None),
    (KANJI, b"Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O: ", "charset/escape"),
    (KANJI, b"\x1b$B;3ED\x1b(B^Tarou ", "charset/escape"),
    (KANJI, b"Yamada=\x1b$)C\xb1\xe8", "charset/escape"),
    (KANJI, b"Yamada=\x1b$B;3E\x1b(B", "charset/undecodable"),
    (KATAKANA, b"\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J", None),
    (HANGUL, b"Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7", None),
    (HANGUL, b"Hong^Gildong=\x1b$)C\xfb\xf3^\xd1\xce\xd4\xd7", "charset/escape"),
    (UTF, "Wang^XiaoDong=王^小东 ".encode(), None),
    (UTF, "王^小东".encode(), "value/representation"),
    (UTF, b"Wang\xff ", "charset/undecodable"),
    (GB, "Wang^XiaoDong=王^小东 ".encode("gb18030"), None),
    (UTF, b"Wang\x1b$B", "charset/escape"),
    (LATIN, b"Wang\x1b-A", "charset/escape"),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "name", "code"), NAMES)
def test_names_in_character_sets(declared, name, code):
    found = codes(declared, explicit(0x00100010, "PN", name))
    assert found == ([(code, "(0010,0010)")] if code else [])


def test_a_second_byte_that_looks_like_a_delimiter_is_none():
    name = "Zhang=張^三".encode("gb18030") + b"\x81\x5c"
    assert codes(GB, explicit(0x00100010, "PN", name + b" " * (len(name) % 2))) == []


def test_items_inherit_and_replace_the_character_set():
    name = explicit(0x00100010, "PN", "Jos\u00e9^".encode())
    assert codes(UTF, sequence(0x00081140, item(name))) == []
    inner = sequence(0x00081140, item(LATIN + explicit(0x00100010, "PN", b"J\x8e")))
    assert codes(UTF, inner) == [("charset/undecodable", "(0008,1140)[1].(0010,0010)")]


@pytest.mark.parametrize(("name", "code"), [
    (b"\x1b$B;3ED\x1b(B", "charset/escape"), (b"a=b=c=d ", "value/representation"),
    (b"x" * 65 + b" ", "value/too-long"),
])  # fmt: skip
def test_what_component_groups_may_not_be_is_said_of_them(name, code):
    """PS3.5 6.2.1.2, and not the clause of the code."""
    found = read_bytes(part10(KANJI + explicit(0x00100010, "PN", name)))
    (told,) = [each for each in validator().validate(found).findings if each.code == code]
    assert told.citation.section == "sect_6.2.1.2"


def test_an_empty_character_set_is_one_finding():
    """That of its Type: text that needs one is the reason of it."""
    dataset = Dataset()
    dataset.SOPClassUID, dataset.SpecificCharacterSet = CT, ""
    dataset[0x00081030] = RawDataElement(
        BaseTag(0x00081030), "LO", 4, b"caf\xe9", 0, is_implicit_VR=False, is_little_endian=True
    )
    told = [each.code for each in check(dataset).findings if "(0008,1030)" in each.path]
    assert told == []
    codes_ = [each.code for each in check(dataset).findings if each.path == "(0008,0005)"]
    assert codes_ == ["attribute/type-1c-empty"]


def test_text_beyond_the_default_repertoire():
    """A code of its own where no Type asks for Specific Character Set: charset/beyond-default."""
    text_ = explicit(0x00091001, "LO", b"caf\xe9")
    assert codes(text_) == [("charset/beyond-default", "(0009,1001)")]


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ("ISO_IR 100", None),
        ("\\ISO 2022 IR 87", None),
        ("ISO 2022 IR 6\\ISO 2022 IR 100", None),
        ("ISO_IR 999", "charset/unknown"),
        ("ISO_IR100 ", "charset/unknown"),
        ("ISO_IR 192\\ISO 2022 IR 87", "charset/combination"),
        ("ISO 2022 IR 87\\ISO 2022 IR 6", "charset/combination"),
        ("\\ISO 2022 IR 6", "charset/combination"),
        ("ISO_IR 100\\ISO 2022 IR 100", "charset/combination"),
        ("ISO 2022 IR 100\\", "charset/combination"),
        ("ISO 2022 IR 100", "charset/term-misplaced"),
        ("ISO_IR 100\\ISO_IR 101", "charset/term-misplaced"),
        ("ISO_IR 6", "charset/term-misplaced"),
    ],
)
def test_terms(terms, code):
    found = codes(explicit(0x00080005, "CS", terms.encode() + b" " * (len(terms) % 2)))
    assert found == ([(code, "(0008,0005)")] if code else [])


def decoded(vr, value):
    dataset = Dataset()
    dataset[0x00091001] = DataElement(0x00091001, vr, value, already_converted=True)
    return [each.code for each in check(dataset).findings if each.code.startswith(OURS)]


@pytest.mark.parametrize(
    ("vr", "value"),
    [
        ("DS", 0.1 + 0.2), ("DS", Decimal("1.5")), ("IS", 3), ("US", 65535), ("SS", -1), ("AT", 1),
        ("FD", float("nan")), ("FL", "Infinity"), ("UV", "18446744073709551615"), ("LO", "é" * 64),
        ("DA", date(2024, 1, 1)), ("PN", "Wang^XiaoDong=王^小东"), ("OW", b"\0\0"),
        ("LO", ["a", "", None]), ("UN", object()), ("UI", "1.2.3"), ("OB", object()),
    ],
)  # fmt: skip
def test_decoded_values_that_are_right(vr, value):
    assert decoded(vr, value) == []


@pytest.mark.parametrize(
    ("vr", "value", "code"),
    [
        ("DS", float("inf"), "value/representation"),
        ("DS", "1,5", "value/representation"),
        ("IS", 2**31, "value/representation"),
        ("IS", 1.5, "value/representation"),
        ("US", 65536, "value/representation"),
        ("US", "1", "value/representation"),
        ("US", -1, "value/representation"),
        ("FD", "one", "value/representation"),
        ("LO", 5, "value/representation"),
        ("LO", object(), "value/representation"),
        ("LO", "x" * 65, "value/too-long"),
        ("DA", ["20240101", "20240230"], "value/representation"),
        ("OW", b"\0", "value/representation"),
        ("UI", "9.2", "uid/root"),
    ],
)
def test_decoded_values_that_are_wrong(vr, value, code):
    assert decoded(vr, value) == [code]


def crashes(dataset: Dataset) -> list[str]:
    found = check(dataset).findings
    return [each.message for each in found if each.code == "internal/check-crashed"]


def put(dataset: Dataset, tag: int, vr: str | None, value: bytes, *, little: bool = True) -> None:
    """Put a raw element into a data set, as a reader leaves it."""
    raw = RawDataElement(
        BaseTag(tag), vr, len(value), value, 0, is_implicit_VR=vr is None, is_little_endian=little
    )
    dataset._dict[BaseTag(tag)] = raw


@settings(max_examples=400, deadline=None)
@given(
    tag=st.sampled_from(_NUMBERS) | st.integers(0, 0xFFFFFFFF),
    vr=st.sampled_from([*sorted(representations.VRS), "XX", None]),
    value=st.binary(max_size=24) | st.text("0123456789.-+\\^= ADY\x1b$()BCJ\0é").map(str.encode),
    little=st.booleans(),
    terms=st.sampled_from([None, b"", b"ISO_IR 192", b"GB18030", b"\\ISO 2022 IR 87", b"x\xff\\"]),
)
def test_no_bytes_crash_a_check(tag, vr, value, little, terms):
    dataset, inner = Dataset(), Dataset()
    if terms is not None:
        put(dataset, 0x00080005, "CS", terms)
    for each in (dataset, inner):
        put(each, tag, vr, value, little=little)
    dataset._dict[BaseTag(0x00081140)] = DataElement(0x00081140, "SQ", Sequence([inner]))
    assert crashes(dataset) == []


_ODD = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.binary(max_size=9)
    | st.text() | st.dates() | st.times() | st.datetimes() | st.complex_numbers()
    | st.just(object()) | st.just({}) | st.just({1, 2}) | st.just(10**400)
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    tag=st.sampled_from(_NUMBERS) | st.integers(0x00080001, 0xFFFFFFFF),
    vr=st.sampled_from([*sorted(representations.VRS), "XX", "US or SS"]),
    value=_ODD | st.lists(_ODD, max_size=3) | st.lists(_ODD, max_size=2).map(tuple),
)
def test_no_decoded_value_crashes_a_check(tag, vr, value):
    dataset = Dataset()
    element = DataElement(BaseTag(tag), vr, None)
    element._value = value
    dataset._dict[BaseTag(tag)] = element
    assert crashes(dataset) == []


def test_every_tag_of_the_registry_has_a_pattern_that_lets_an_empty_value_be():
    dataset = Dataset()
    for tag in _NUMBERS:
        if tag >> 16 not in {0x0002, 0xFFFE}:
            put(dataset, tag, None, b"")
    report = check(dataset)
    assert [each for each in report.findings if each.code.startswith(OURS)] == []


def test_forms_are_those_of_all_vrs_of_characters():
    assert set(text.FORMS) | set(strings.FORMS) == LIST_VRS | SINGLE_VRS
