"""The templates, and what keeps data from becoming markup.

How it decides:
1. Every expression of a template is made visible (see `safe`), then escaped: none can be forgotten.
2. A name that a template misspells raises; nothing is silently empty.
3. A page may use its own style and run its own script, named by their digests, and load nothing.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from dicomspec.render.safe import visible

_STEP_END = re.compile(r"([./](?=[^./]))")

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


@cache
def environment() -> Environment:
    """Return the environment of the HTML templates, made once."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - slow to import

    made = Environment(
        loader=PackageLoader("dicomspec.render"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"style": _inline("style.css"), "script": _inline("script.js")}
    made.globals |= {"csp": _policy()}
    made.filters |= {"number": "{:,}".format, "breakable": _breakable, "table_words": _table_words}
    return made


def _finalize(value: Any) -> Any:
    # Markup is a template's own output; StrictUndefined must stay itself, to raise.
    return visible(value) if type(value) is str else value


def _breakable(path: str) -> Markup:
    """Return a path that may go on on the next line behind each of its steps."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - comes with jinja2

    shown = str(escape(visible(path)))
    return Markup(_STEP_END.sub(r"\1<wbr>", shown))  # noqa: S704 - escaped above


def _table_words(table: str) -> str:
    return table.replace("table_", "Table ")


def _inline(name: str) -> Markup:
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    return Markup(_asset(name))  # noqa: S704 - our own file


@cache
def _asset(name: str) -> str:
    return files("dicomspec.render").joinpath("templates", name).read_text("utf-8")


def _policy() -> str:
    style, script = (_digest(_asset(name)) for name in ("style.css", "script.js"))
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
