import base64
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from dicomspec.dataset import BadElement, Unreadable, from_json, is_empty, items, limits, read
from tests.dicomspec.dataset.build import UNDEFINED, get, said, shipped

NAME = {"00100010": {"vr": "PN", "Value": [{"Alphabetic": "Doe^Jane"}]}}


def read_json(text, **more):
    return list(read(io.BytesIO(text.encode() if isinstance(text, str) else text), **more))


def refused(obj):
    with pytest.raises(Unreadable) as caught:
        from_json(obj)
    assert caught.value.path == "<json>"
    return caught.value.reason


@pytest.mark.parametrize("name", ["test1.json", "test_PN.json"])
def test_files_of_pydicom(name):
    path = shipped(name)
    (found,) = read(path)
    text = Path(path).read_text(encoding="utf-8")
    theirs = Dataset.from_json(text, bulk_data_uri_handler=lambda _: b"1234")
    assert set(found.dataset.keys()) == set(theirs.keys())
    for element in theirs:
        if "BulkDataURI" not in json.loads(text)[f"{element.tag:08X}"]:
            assert found.dataset[element.tag].value == element.value
    assert (found.path, found.transfer_syntax_uid, found.file_meta) == (path, None, None)


def test_values():
    found = from_json(
        {
            "00080005": {"vr": "CS", "Value": ["ISO_IR 100"]},
            "00080008": {"vr": "CS", "Value": ["ORIGINAL", None, "AXIAL"]},
            "00080090": {"vr": "PN", "Value": [{"Alphabetic": "A", "Phonetic": "C"}, None]},
            "00100010": {"vr": "PN", "Value": [{"Alphabetic": "山田"}]},
            "00181063": {"vr": "DS", "Value": [1.5, "2.50"]},
            "00200013": {"vr": "IS", "Value": ["12"]},
            "00209165": {"vr": "AT", "Value": ["00200037"]},
            "00280010": {"vr": "US", "Value": [512]},
            "00420011": {"vr": "OB", "InlineBinary": base64.b64encode(b"%PDF").decode()},
        }
    ).dataset
    assert found.ImageType == ["ORIGINAL", "", "AXIAL"]
    assert [str(name) for name in found.ReferringPhysicianName] == ["A==C", ""]
    assert found.PatientName == "山田"
    assert found.FrameTime == [1.5, 2.5]
    assert found.InstanceNumber == 12
    assert found.DimensionIndexPointer == 0x00200037
    assert found.Rows == 512
    assert found.EncapsulatedDocument == b"%PDF"


def test_items():
    found = from_json({"00081140": {"vr": "SQ", "Value": [NAME, {}, None]}})
    element = get(found.dataset, 0x00081140)
    first, second, third = items(element) or ()
    assert first.PatientName == "Doe^Jane"
    assert (len(second), len(third)) == (0, 0)
    assert not is_empty(element)
    assert said(found) == []


@pytest.mark.parametrize(
    "attribute",
    [
        {"vr": "LO"},
        {"vr": "LO", "Value": []},
        {"vr": "LO", "Value": [None]},
        {"vr": "LO", "Value": ["", " "]},
        {"vr": "PN", "Value": [{}]},
        {"vr": "PN", "Value": [{"Alphabetic": ""}]},
        {"vr": "US"},
        {"vr": "SQ", "Value": []},
        {"vr": "SQ"},
        {"vr": "OB", "InlineBinary": ""},
    ],
)
def test_empty(attribute):
    dataset = from_json({"00091010": attribute}).dataset
    assert is_empty(get(dataset, 0x00091010))
    assert is_empty(dataset[0x00091010])


@pytest.mark.parametrize("uri", ["http://127.0.0.1:1/", "file:///etc/passwd", "", 7, None, ["x"]])
def test_a_bulk_data_uri_is_never_looked_at(uri):
    dataset = from_json({"7FE00010": {"vr": "OW", "BulkDataURI": uri}}).dataset
    element = get(dataset, 0x7FE00010)
    assert (element.VR, element.length, element.value) == ("OW", UNDEFINED, None)
    assert not is_empty(element)
    assert not is_empty(dataset[0x7FE00010])
    with pytest.raises(BadElement, match="isn't fetched"):
        dataset.PixelData.read(1)
    sequence = from_json({"00081140": {"vr": "SQ", "BulkDataURI": uri}}).dataset
    with pytest.raises(BadElement, match="isn't fetched"):
        items(get(sequence, 0x00081140))


@pytest.mark.parametrize(
    ("attribute", "code"),
    [
        ({"Value": ["x"]}, "json-vr-missing"),
        ({"vr": 7, "Value": ["x"]}, "json-vr-missing"),
        ({"vr": "lo", "Value": ["x"]}, "json-vr-missing"),
        ({"vr": "LO", "Value": "x"}, "json-value"),
        ({"vr": "LO", "Value": ["x"], "BulkDataURI": "y"}, "json-value"),
        ({"vr": "PN", "Value": ["x"]}, "json-value"),
        ({"vr": "OB", "InlineBinary": ["eA=="]}, "json-value"),
    ],
)
def test_what_can_mean_one_thing_only_is_remarked(attribute, code):
    found = from_json({"00100020": attribute})
    assert said(found) == [(f"encoding/{code}", "(0010,0020)")]
    assert str(found.dataset.PatientID) in {"x", str(b"x")}
    inside = from_json({"00081140": {"vr": "SQ", "Value": [{}, {"00100020": attribute}]}})
    assert said(inside) == [(f"encoding/{code}", "(0008,1140)[2].(0010,0020)")]


def test_tags_in_small_letters_are_remarked():
    found = from_json({"0040a730": {"vr": "SQ"}, "0040A730": {"vr": "SQ", "Value": [{}]}})
    assert said(found) == [("encoding/json-tag", "(0040,A730)"), ("encoding/json-duplicate", "")]


@pytest.mark.parametrize(
    ("obj", "reason"),
    [
        ([], "DICOM JSON: not a JSON object"),
        (None, "DICOM JSON: not a JSON object"),
        ("x", "DICOM JSON: not a JSON object"),
        ({0x00100010: {}}, "DICOM JSON: a member that isn't named by the eight digits of a tag"),
        ({"Name": {}}, "DICOM JSON: a member that isn't named by the eight digits of a tag"),
        ({"00100010": []}, "(0010,0010): not a JSON object"),
        ({"00100010": None}, "(0010,0010): not a JSON object"),
        (
            {"00100020": {"vr": "LO", "Value": [{}]}},
            "(0010,0020): a Value that isn't a string or a number",
        ),
        (
            {"00100010": {"vr": "PN", "Value": [7]}},
            "(0010,0010): a Person Name that isn't an object",
        ),
        (
            {"00100010": {"vr": "PN", "Value": [{"Alphabetic": ["Doe"]}]}},
            "(0010,0010): a Person Name whose component groups aren't strings",
        ),
        (
            {"00420011": {"vr": "OB", "InlineBinary": "Doe!"}},
            "(0042,0011): an InlineBinary that isn't base64",
        ),
        (
            {"00420011": {"vr": "OB", "InlineBinary": "Ä"}},
            "(0042,0011): an InlineBinary that isn't base64",
        ),
        (
            {"00420011": {"vr": "OB", "InlineBinary": 7}},
            "(0042,0011): an InlineBinary that isn't a string",
        ),
        (
            {"00081140": {"vr": "SQ", "Value": [{}, "x"]}},
            "(0008,1140)[2]: not a JSON object",
        ),
        (
            {"00081140": {"vr": "SQ", "Value": [{"x": {}}]}},
            "(0008,1140)[1]: a member that isn't named by the eight digits of a tag",
        ),
    ],
)
def test_what_cannot_mean_anything(obj, reason):
    assert refused(obj) == reason


def reason_of(reading, source):
    """Why something is unreadable; empty if it isn't."""
    try:
        reading(source)
    except Unreadable as fault:
        return fault.reason
    return ""


def nested(levels):
    obj: dict[str, object] = {}
    for _ in range(levels):
        obj = {"00081140": {"vr": "SQ", "Value": [obj]}}
    return obj


def test_nested_deep():
    assert said(from_json(nested(limits.DEPTH))) == []
    reason = f"Sequences nested more than {limits.DEPTH} levels deep"
    assert refused(nested(limits.DEPTH + 1)) == reason
    circle: dict[str, object] = {}
    circle["00081140"] = {"vr": "SQ", "Value": [circle]}
    assert refused(circle) == reason


@pytest.mark.parametrize("text", ["[" * 100_000, '{"00081140":' * 100_000])
def test_nested_deep_in_text(text):
    with pytest.raises(Unreadable, match="nested too deep"):
        read_json(text)


def test_too_much(monkeypatch):
    monkeypatch.setattr(limits, "ELEMENTS", 100)
    many = {"00081140": {"vr": "SQ", "Value": [{}] * 50}}
    assert refused(many) == "more than 100 elements and Items"


@pytest.mark.parametrize("limit", ["JSON_TEXT", "JSON_MARKS"])
def test_too_much_text(limit, monkeypatch):
    monkeypatch.setattr(limits, limit, 10_000)
    text = json.dumps({"00100020": {"vr": "LO", "Value": ["x"] * 20_000}})
    with pytest.raises(Unreadable, match="a JSON object that is too long"):
        read_json(text)


@pytest.mark.parametrize(
    ("text", "reason", "offset"),
    [
        ('{"00100020": {"vr": "DS", "Value": [NaN]}}', "a number that JSON doesn't have", 0),
        ('{"00100020": {"vr": "DS", "Value": [-Infinity]}}', "a number that JSON doesn't", 0),
        ('{"00100020": {"vr": "IS", "Value": [' + "1" * 5000 + "]}}", "too many digits", 0),
        ('{"00100020": {"vr": "LO", "Value": ["Jané}', "the data end within the JSON", 43),
        ('{"00100020": ', "the data end within the JSON", 13),
        ('{"00100020" "vr"}' + " " * 100, "not JSON", 12),
        ("{} {}", "text after the end of the JSON", 3),
        ("[{} {}]", "a comma or the end of the array is due", 4),
        ("[{}", "a comma or the end of the array is due", 3),
        ("[]", "a JSON array without a data set", 1),
        (b'{"00100020": "Jan\xe9"}', "not UTF-8", 17),
        (b'\xff\xfe{\0"\0', "no DICOM prefix", None),
    ],
)
def test_text_that_is_no_json(text, reason, offset):
    with pytest.raises(Unreadable) as caught:
        read_json(text)
    assert reason in caught.value.reason
    assert caught.value.offset == offset


def test_byte_order_mark_and_white_space():
    (found,) = read_json("\ufeff \n\t" + json.dumps(NAME) + "\r\n")
    assert found.dataset.PatientName == "Doe^Jane"


def test_a_member_that_comes_twice_is_remarked():
    twice = '{"00100020": {"vr": "LO", "Value": ["a"]}, "00100020": {"vr": "LO", "Value": ["b"]}}'
    first, second = read_json(f"[{twice}, {json.dumps(NAME)}]")
    assert first.dataset.PatientID == "b"
    assert said(first) == [("encoding/json-duplicate", "")]
    assert said(second) == []


def test_an_array_gives_its_data_sets_one_by_one(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps([NAME, {"x": 1}, 7, NAME], indent=1))
    found = read(path)
    assert next(found).path == f"{path}[1]"
    for number, reason in ((2, "a member that isn't named"), (3, "not a JSON object")):
        with pytest.raises(Unreadable) as caught:
            next(found)
        assert caught.value.path == f"{path}[{number}]"
        assert reason in caught.value.reason
    assert next(found).path == f"{path}[4]"
    assert list(found) == []


def test_long_arrays_need_little_memory():
    one = json.dumps({**NAME, "00104000": {"vr": "LT", "Value": ["ä[{," * 25_000]}})
    found = read_json("[" + ",\n ".join([one] * 60) + "]", name="x.json")
    assert [instance.path for instance in found] == [f"x.json[{n}]" for n in range(1, 61)]
    assert {len(instance.dataset.PatientComments) for instance in found} == {100_000}


def test_a_data_set_of_several_pieces():
    text = json.dumps({"00420011": {"vr": "OB", "InlineBinary": "AAAA" * (1 << 20)}})
    (found,) = read_json(text)
    assert len(found.dataset.EncapsulatedDocument) == 3 << 20


def test_named_json_but_something_else(tmp_path):
    path = tmp_path / "x.json"
    path.write_bytes("{}".encode("utf-16"))
    with pytest.raises(Unreadable, match="not UTF-8"):
        list(read(path))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "00081140",
                    "00100010",
                    "00280010",
                    "vr",
                    "Value",
                    "InlineBinary",
                    "BulkDataURI",
                    "x",
                ]
            ),
            inner | st.sampled_from(["SQ", "PN", "US", "DS", "AT", "OB", "UI", "ZZ"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
@settings(max_examples=300, deadline=None)
def test_any_json_is_read_or_unreadable(obj):
    attributes = {"00081140": {"vr": "SQ", "Value": [obj]}, "00100020": obj}
    for candidate in (obj, {"00100020": obj}, attributes):
        assert "failed" not in reason_of(from_json, candidate)


@given(st.text(alphabet='{}[]":, \\u0019tfneE-.vrSQ', max_size=60), st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_unreadable(text, cut):
    whole = json.dumps([NAME, {"00081140": {"vr": "SQ", "Value": [NAME]}}])
    for candidate in ("{" + text, whole[: cut * 3] + text):
        assert "failed" not in reason_of(read_json, candidate)
