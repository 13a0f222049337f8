"""Parts fetched from a server on this machine."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from codegen import fetch as fetching
from codegen import source
from codegen.__main__ import main
from codegen.fetch import fetch
from codegen.source import SourceError

XML = b'<book xmlns="http://docbook.org/ns/docbook"/>'


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return the folder that is served."""
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@contextmanager
def serving(handler: Callable[..., SimpleHTTPRequestHandler]) -> Iterator[str]:
    """Serve on this machine, and give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def base(site: Path) -> Iterator[str]:
    with serving(partial(Quiet, directory=str(site))) as address:
        yield address


def publish(site: Path, number: str, data: bytes) -> None:
    folder = site / "1999a" / "source" / "docbook" / f"part{number}"
    folder.mkdir(parents=True)
    (folder / f"part{number}.xml").write_bytes(data)


def test_parts_are_written_whole_with_their_digest(site, base, tmp_path):
    for number in ("03", "04", "06"):
        publish(site, number, XML)
    into = tmp_path / "into"
    lines = list(fetch("1999a", into, base))
    assert sorted(path.name for path in into.iterdir()) == [
        "part03.xml",
        "part04.xml",
        "part06.xml",
    ]
    assert (into / "part03.xml").read_bytes() == XML
    digest = hashlib.sha256(XML).hexdigest()
    assert all(f"{digest} (not in the manifest)" in line for line in lines)


def test_a_digest_is_held_against_the_manifest(site, base, tmp_path, monkeypatch):
    publish(site, "03", XML)
    for sha256, said in ((hashlib.sha256(XML).hexdigest(), "(as in"), ("0", "(not the")):
        known = {"1999a": {"part03": {"sha256": sha256}}}
        monkeypatch.setattr(fetching, "manifest", lambda known=known: known)
        (line,) = fetch("1999a", tmp_path / "into", base, ("03",))
        assert said in line


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html>not found", "not well-formed"),
        (b"", "not well-formed"),
        (b"<!DOCTYPE book []><book/>", "DOCTYPE"),
    ],
)
def test_what_is_not_docbook_is_refused_and_nothing_remains(site, base, tmp_path, data, said):
    publish(site, "03", data)
    into = tmp_path / "into"
    with pytest.raises(SourceError, match=said):
        list(fetch("1999a", into, base, ("03",)))
    assert list(into.iterdir()) == []


def test_a_part_that_is_not_there_is_named_and_those_before_it_stay(site, base, tmp_path):
    publish(site, "03", XML)
    into = tmp_path / "into"
    with pytest.raises(SourceError, match=r"part04\.xml: HTTP Error 404"):
        list(fetch("1999a", into, base))
    assert [path.name for path in into.iterdir()] == ["part03.xml"]


def test_a_part_that_is_too_large_is_refused(site, base, tmp_path, monkeypatch):
    publish(site, "03", XML)
    monkeypatch.setattr(fetching, "_LIMIT", len(XML) - 1)
    with pytest.raises(SourceError, match="larger than"):
        list(fetch("1999a", tmp_path / "into", base, ("03",)))
    assert list((tmp_path / "into").iterdir()) == []
    monkeypatch.setattr(fetching, "_LIMIT", len(XML))
    assert len(list(fetch("1999a", tmp_path / "into", base, ("03",)))) == 1


class Short(Quiet):
    """Promises more than it sends."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(XML)


class Elsewhere(Quiet):
    """Sends to another place."""

    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", "http://localhost.example.org/x")
        self.end_headers()


@pytest.mark.parametrize("handler", [Short, Elsewhere])
def test_a_server_that_breaks_off_or_sends_elsewhere_leaves_nothing(tmp_path, handler):
    with serving(handler) as base, pytest.raises(SourceError, match=r"part03\.xml|example"):
        list(fetch("1999a", tmp_path / "into", base, ("03",)))
    assert list((tmp_path / "into").iterdir()) == []


def test_a_disk_that_is_full_leaves_nothing(site, base, tmp_path, monkeypatch):
    publish(site, "03", XML)

    def full(path: Path, _target: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        list(fetch("1999a", tmp_path / "into", base, ("03",)))
    assert list((tmp_path / "into").iterdir()) == []


def test_a_part_that_was_there_is_replaced_only_by_a_good_one(site, base, tmp_path):
    into = tmp_path / "into"
    into.mkdir()
    (into / "part03.xml").write_bytes(b"<old/>")
    publish(site, "03", b"broken")
    with pytest.raises(SourceError):
        list(fetch("1999a", into, base, ("03",)))
    assert (into / "part03.xml").read_bytes() == b"<old/>"
    assert [path.name for path in into.iterdir()] == ["part03.xml"]


@pytest.mark.parametrize(
    "name",
    ["current", "2024", "2024z", "2024c/..", "../2024c", "", "2024C", "\uff12\uff10\uff12\uff14c"],
)
def test_what_names_no_edition_is_refused(name, tmp_path):
    with pytest.raises(SourceError, match="names no edition"):
        list(fetch(name, tmp_path / "into"))
    assert not (tmp_path / "into").exists()


@pytest.mark.parametrize(
    "base", ["http://example.org", "file:///etc", "ftp://127.0.0.1", "http://127.0.0.1.example.org"]
)
def test_only_https_is_fetched(base, tmp_path):
    with pytest.raises(SourceError, match="only https"):
        list(fetch("1999a", tmp_path / "into", base))


def test_a_server_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"127\.0\.0\.1"):
        list(fetch("1999a", tmp_path / "into", "http://127.0.0.1:9"))


def test_the_command_prints_a_line_a_part(site, base, tmp_path):
    for number in ("03", "04", "06"):
        publish(site, number, XML)
    result = CliRunner().invoke(
        main, ["fetch", "1999a", "--into", str(tmp_path / "x"), "--base", base]
    )
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) == 3
    assert source.folder("1999a", tmp_path / "x") == (tmp_path / "x").resolve()
