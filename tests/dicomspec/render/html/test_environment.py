import re
from base64 import b64encode
from hashlib import sha256

import jinja2
import pytest

from dicomspec import render
from dicomspec.render.html.environment import environment
from tests.dicomspec.render import samples
from tests.dicomspec.render.html.reading import only, parse


def page():
    return render.render(samples.report(samples.ct()), "html")


def digest(text):
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def test_the_policy_admits_this_style_and_this_script_and_nothing_else():
    text = page()
    style = digest(only(parse(text), "//style").text)
    script = digest(only(parse(text), "//script").text)
    policy = only(parse(text), "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_the_page_asks_for_nothing():
    root = parse(page())
    assert not root.xpath("//@src | //link | //@srcset | //iframe | //object | //base | //form")
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|eval\(", page())
    for link in root.xpath("//a[starts-with(@href, 'http')]"):
        assert link.get("href").startswith("https://dicom.nema.org/medical/dicom/2024c/")
        assert link.get("rel") == "noreferrer"


def test_our_own_words_are_ascii_so_that_a_misread_encoding_does_no_harm():
    assert page().isascii()


def test_a_misspelt_name_raises():
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ findigs }}").render()


def test_every_expression_is_made_visible_and_escaped():
    template = environment().from_string('<p title="{{ x }}">{{ x }}{{ x|breakable }}</p>')
    assert template.render(x='<"\x1b&a.b') == (
        '<p title="&lt;&#34;\\x1b&amp;a.b">&lt;&#34;\\x1b&amp;a.b&lt;&#34;\\x1b&amp;a.<wbr>b</p>'
    )
