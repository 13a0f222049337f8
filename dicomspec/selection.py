"""Which findings a report is to hold: --select and --ignore, by globs of codes.

How it decides:
1. A finding stays if its code matches a glob of `select` (or there is none) and none of `ignore`.
2. What says that something could not be checked at all always stays: without it, silence would
   look like conformance.
3. What was taken out is counted, by instance. An instance is `fail` only with an error that stays.
"""

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache

from dicomspec.catalogue import CATALOGUE, NOT_COUNTED_AS_FAILURE, Severity
from dicomspec.outcomes import InstanceReport, Verdict

_ALWAYS = NOT_COUNTED_AS_FAILURE | {"internal/check-crashed"}


class NoSuchCodeError(LookupError):
    """A glob that no code of the catalogue matches."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Globs of codes: those that a finding has to match, and those that it must not.

    Raises NoSuchCodeError.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for glob in (*self.select, *self.ignore):
            if not any(fnmatchcase(code, glob) for code in CATALOGUE):
                raise NoSuchCodeError(f"no code matches {glob!r}; `dicomspec rules` lists them")

    def of(self, instance: InstanceReport) -> InstanceReport:
        """Return the report on an instance with the findings that stay."""
        if not (self.select or self.ignore):
            return instance
        kept = tuple(each for each in instance.findings if _stays(self, each.code))
        failed = any(each.severity is Severity.ERROR for each in kept)
        passes = instance.verdict is Verdict.FAIL and not failed
        return replace(
            instance,
            findings=kept,
            verdict=Verdict.PASS if passes else instance.verdict,
            filtered=instance.filtered + len(instance.findings) - len(kept),
        )


@lru_cache(maxsize=1024)
def _stays(selection: Selection, code: str) -> bool:
    if code in _ALWAYS:
        return True
    selected = not selection.select or any(fnmatchcase(code, each) for each in selection.select)
    return selected and not any(fnmatchcase(code, each) for each in selection.ignore)
