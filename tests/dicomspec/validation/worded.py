"""Worded conditions held against data sets made up on the spot."""

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from codegen.grammar.attribute_names import AttributeNames
from codegen.grammar.reading import Reader
from dicomspec import edition as editions
from dicomspec.validation.conditions import decide
from dicomspec.validation.scope import Place
from dicomspec.validation.verdict import Surroundings

EDITION = editions.load("2024c")
READER = Reader(AttributeNames(EDITION.elements.values()))


def surroundings() -> Surroundings:
    return Surroundings(EDITION.keyword)


def make_root(**elements: object) -> Dataset:
    dataset = Dataset()
    dataset.PatientName = "A"
    for keyword, value in elements.items():
        setattr(dataset, keyword, value)
    return dataset


def make_item(**elements: object) -> Dataset:
    item = Dataset()
    for keyword, value in elements.items():
        setattr(item, keyword, value)
    return item


def of_frames(*types: str, shared: str = "") -> Dataset:
    def group(kind: str) -> Dataset:
        return (
            make_item(MRImageFrameTypeSequence=Sequence([make_item(FrameType=[kind, "PRIMARY"])]))
            if kind
            else make_item()
        )

    return make_root(
        SharedFunctionalGroupsSequence=Sequence([group(shared)]),
        PerFrameFunctionalGroupsSequence=Sequence([group(kind) for kind in types]),
    )


def in_frame(root: Dataset, number: int) -> tuple[Place, ...]:
    frames = root.PerFrameFunctionalGroupsSequence
    return (
        Place(root),
        Place(frames[number - 1], None, 0x52009230, number, len(frames)),
        Place(make_item(), None, 0x00189115, 1, 1),
    )


def in_shared(root: Dataset) -> tuple[Place, ...]:
    return (Place(root), Place(root.SharedFunctionalGroupsSequence[0], None, 0x52009229, 1, 1))


def outcome_of(wording: str, *chain: Place, around: Surroundings | None = None) -> str:
    return decide(READER.read(wording), chain, around or surroundings()).outcome.value
