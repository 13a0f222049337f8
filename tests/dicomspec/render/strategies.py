"""Reports whose every string is as nasty as can be."""

from hypothesis import strategies as st

from dicomspec.catalogue import CATALOGUE
from dicomspec.findings import Citation, Finding, Location, NotEvaluated, Step
from dicomspec.report import (
    AttributeOutcome,
    InstanceReport,
    ModuleOutcome,
    Presence,
    Report,
    SkippedFile,
    Status,
    Verdict,
)

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></title></textarea><svg/onload=alert(1)>",
    "<!-- <b> --> ]]> &amp; &#60;",
    "javascript:alert(1)",
    "{{ 7 * 7 }} {% raw %}",
    "[red]markup[/red] [link=file:///etc/passwd]x[/link]",
    "\x1b[31mred\x1b]8;;http://evil\x07\x9b2J",
    "a\r\nb\tc\x00\x7f\x85\u2028",
    "fdp.\u202ecod\u2066\u200f\ufeff",
    "\ud800 lone \udcff",
    "頭部\u3000CT 🩻",
    "\\x1b C:\\scans\\new",
)

any_text = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=12), st.text(st.characters(), max_size=12)
)  # the last one holds lone surrogates too
items = st.none() | st.integers(1, 3)
steps = st.builds(Step, any_text, any_text, items)
locations = st.builds(Location, st.lists(steps, max_size=3).map(tuple))
citations = st.builds(Citation, *[any_text] * 6)
findings = st.builds(
    Finding,
    st.sampled_from(sorted(CATALOGUE)),
    locations,
    any_text,
    citations,
    any_text,
    any_text,
    st.none() | any_text,
    any_text,
    st.lists(any_text, max_size=2).map(tuple),
    any_text,
    st.none() | st.integers(0, 2**40),
)
not_evaluated = st.builds(
    NotEvaluated, locations, any_text, any_text, any_text, citations, any_text
)
outcomes = st.builds(
    AttributeOutcome, locations, any_text, any_text, st.sampled_from(Status), citations
)
modules = st.builds(
    ModuleOutcome,
    any_text,
    any_text,
    any_text,
    st.sampled_from(Presence),
    citations,
    st.lists(outcomes, max_size=4).map(tuple),
)
instances = st.builds(
    InstanceReport,
    any_text,
    st.sampled_from(Verdict),
    st.lists(findings, max_size=3).map(tuple),
    st.lists(not_evaluated, max_size=2).map(tuple),
    st.integers(0, 5000),
    any_text,
    any_text,
    any_text,
    any_text,
    st.none() | citations,
    st.lists(modules, max_size=3).map(tuple),
    st.integers(0, 3),
)
reports = st.builds(
    Report,
    any_text,
    any_text,
    st.lists(instances, max_size=3).map(tuple),
    st.lists(st.builds(SkippedFile, any_text, any_text), max_size=2).map(tuple),
)
