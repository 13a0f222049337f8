"""What an expression asks of the Item that holds the Attribute, and of what is around it.

How it decides:
1. Whether an Item is the first, or within a Sequence, its Chain tells.
2. Text is beyond the default repertoire if it has a byte outside of it, or ESC, and is of a VR that
   Specific Character Set is about (PS3.5 6.1.2.3). Items that have a Specific Character Set of
   their own don't count; what stays in the file, or is private, leaves it open.
3. The IOD, its Modules and the Transfer Syntax are as the Surroundings say; unknown where they
   don't.
"""

from collections.abc import Mapping

from dicomspec import dataset as data
from dicomspec.model import condition as c
from dicomspec.validation.scope import Chain, Place, number
from dicomspec.validation.verdict import Evaluator, Reason, Surroundings, Verdict


def _position(e: c.FirstItem | c.LastItem, chain: Chain, _: Surroundings) -> Verdict:
    inside = chain[1:-1] if e.enclosing else chain[1:]
    if not inside:
        return Verdict(None, (Reason("there is no Item around it"),))
    place: Place = inside[-1]
    which, holds = (
        ("first", place.number == 1)
        if isinstance(e, c.FirstItem)
        else ("last", place.number == place.of)
    )
    return Verdict(holds, (Reason(f"Item {place.number} is {'' if holds else 'not '}the {which}"),))


def _within(e: c.Within, chain: Chain, around: Surroundings) -> Verdict:
    wanted = {number(tag) for tag in e.tags}
    inside = next((place.sequence for place in chain if place.sequence in wanted), None)
    if inside is None:
        meant = " or ".join(map(around.keyword, sorted(wanted)))
        return Verdict(truth=False, reasons=(Reason(f"this Item is not in {meant}"),))
    return Verdict(truth=True, reasons=(Reason(f"this Item is in {around.keyword(inside)}"),))


def _iod(e: c.IODIs, _: Chain, around: Surroundings) -> Verdict:
    if around.iod is None:
        return Verdict(None, (Reason("the IOD is not known"),))
    return Verdict(around.iod in e.names, (Reason(f"the IOD is {around.iod}"),))


def _module(e: c.ModulePresent, _: Chain, around: Surroundings) -> Verdict:
    there = around.module_present(e.name)
    what = "may be" if there is None else "is" if there else "is not"
    return Verdict(there, (Reason(f"the Module {e.name} {what} present"),))


def _transfer_syntax(e: c.TransferSyntaxIs, _: Chain, around: Surroundings) -> Verdict:
    if around.transfer_syntax_uid is None:
        return Verdict(None, (Reason("the Transfer Syntax is not known"),))
    one = around.transfer_syntax_uid in e.uids
    # what the file says may be anything: the reason holds no value of it
    return Verdict(one, (Reason(f"the Transfer Syntax is{'' if one else ' not'}", None, e.uids),))


def _filled(_: c.Filled, chain: Chain, __: Surroundings) -> Verdict:
    filled = bool(chain[-1].dataset.keys())
    return Verdict(filled, (Reason("the Item has Attributes" if filled else "the Item is empty"),))


def _beyond_default(_: c.BeyondDefault, chain: Chain, __: Surroundings) -> Verdict:
    beyond = data.beyond_default(chain[-1].dataset)
    what = "may go" if beyond is None else "goes" if beyond else "does not go"
    return Verdict(beyond, (Reason(f"text {what} beyond the default repertoire"),))


ITEM_PREDICATES: Mapping[type, Evaluator] = {
    c.FirstItem: _position,
    c.LastItem: _position,
    c.Filled: _filled,
    c.BeyondDefault: _beyond_default,
    c.Within: _within,
    c.IODIs: _iod,
    c.ModulePresent: _module,
    c.TransferSyntaxIs: _transfer_syntax,
}
