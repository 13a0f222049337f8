"""The standard streams, which may be closed, full or left by their reader.

How it decides:
1. A reader that goes away (`| head`) has what it wanted: nothing is said, and the exit status is
   what it would have been.
2. Output that can't be written for another reason is status 2, with one line on stderr.
3. What stderr can't take is let go: there is nowhere left to say so.
4. A character that the stream's encoding lacks is written as an escape.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

import click

NOT_WRITTEN = 2
_INTERRUPTED = 130  # as a shell reports SIGINT


class Group(click.Group):
    """Commands whose reader may go away; click itself would take that for a failure."""

    def make_context(self, *given: Any, **extra: Any) -> click.Context:
        """Read the command line, which may say its help."""
        with _left_alone():
            return super().make_context(*given, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        with _left_alone():
            return super().invoke(ctx)


@contextmanager
def _left_alone() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as gone:
        _drop(sys.stdout)
        raise click.exceptions.Exit(0) from gone


def put(text: str) -> None:
    """Write to standard output; to nobody, once its reader has gone."""
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        _drop(sys.stdout)


def line(text: str) -> None:
    """Write a line to standard output."""
    put(text + "\n")


def say(text: str) -> None:
    """Write a line to standard error, if it takes one."""
    with suppress(OSError, ValueError):
        click.echo(text, err=True)


def main(command: click.Command) -> NoReturn:
    """Run a command line, and exit with its status; OSError of the streams is a line, no trace."""
    _ready()
    status = _told(lambda: command.main(standalone_mode=False))
    flushed = _told(_flush)
    sys.exit(status or flushed)


def _ready() -> None:
    """Make writing to a closed standard output fail as writing to any closed file does."""
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _told(act: Callable[[], Any]) -> int:
    """Return the exit status of what is done, with what went wrong said on stderr."""
    try:
        return _status(act())
    except SystemExit as end:
        return _status(end.code)
    except BrokenPipeError:
        _drop(sys.stdout)
        return 0
    except OSError as fault:
        _drop(sys.stdout)
        say(f"Error: standard output can't be written: {fault.strerror or fault}")
        return NOT_WRITTEN
    except click.ClickException as wrong:
        with suppress(OSError):
            wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED


def _status(code: object) -> int:
    return code if isinstance(code, int) else 0


def _flush() -> None:
    sys.stdout.flush()


def _drop(stream: Any) -> None:
    """Let what is still to be written to a stream go nowhere, also when Python ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
