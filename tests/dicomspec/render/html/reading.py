"""Pages as a reader's program sees them."""

import re
from itertools import pairwise

from lxml import html

from dicomspec.render.safe import visible

LINK = re.compile(r"(#|https://dicom\.nema\.org/|(\.\./)?[\w.%-]+(/[\w-]+)?\.html(#|$))")

# What our own templates write; data can add nothing to it.
ELEMENTS = """
    html head meta title style body a header p nav ul ol li main section h1 h2 h3 h4 h5 h6 dl div dt
    dd footer script span code table thead tbody tr th td details summary label input select option
    button wbr
"""
ATTRIBUTES = """
    lang charset http-equiv content name class href id tabindex rel aria-labelledby aria-label
    aria-current role scope colspan open hidden type autocomplete spellcheck value data-for
    data-noun data-kind data-outline data-fold
"""


def parse(text):
    return html.fromstring(text.encode())


def words(element):
    return re.sub(r"\s+", " ", element.text_content()).strip()


def shown(text):
    """Return how a page's words tell a text of the data."""
    return re.sub(r"\s+", " ", visible(text)).strip()


def only(root, path):
    (found,) = root.xpath(path)
    return found


def check_markup(root):
    """Hold that data added no element, no attribute, no script, no style and no foreign link."""
    for element in root.iter():
        assert element.tag in ELEMENTS.split(), element
        assert set(element.keys()) <= set(ATTRIBUTES.split()), element.attrib
        assert LINK.match(element.get("href", "#")), element.get("href")
    assert len(root.xpath("//script")) == len(root.xpath("//style")) == 1


def check_structure(root):
    """Hold that ids are unique, links lead somewhere, and headings leave no level out."""
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    for href in root.xpath("//a[starts-with(@href, '#')]/@href"):
        assert href[1:] in ids, href
    for reference in root.xpath("//@aria-labelledby"):
        assert reference in ids, reference
    levels = [int(each.tag[1]) for each in root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    for before, after in pairwise(levels):
        assert after <= before + 1, levels
