"""DICOM IOD conformance validation, driven by the standard's own tables.

    report = dicomspec.validate("ct.dcm", edition="2024c")
    for finding in report.findings: ...

What is exported here is imported when it is first used, since start-up counts.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dicomspec.findings import Finding as Finding
    from dicomspec.report import InstanceReport as InstanceReport
    from dicomspec.report import Report as Report
    from dicomspec.run import validate as validate
    from dicomspec.validation.path import NoSuchRequirementError as NoSuchRequirementError
    from dicomspec.validation.requirement import Requirement as Requirement
    from dicomspec.validation.requirement import requirement as requirement

__version__ = "0.1.0"

__all__ = [
    "Finding",
    "InstanceReport",
    "NoSuchRequirementError",
    "Report",
    "Requirement",
    "__version__",
    "requirement",
    "validate",
]

_FROM = {
    "Finding": "dicomspec.findings",
    "InstanceReport": "dicomspec.report",
    "NoSuchRequirementError": "dicomspec.validation.path",
    "Report": "dicomspec.report",
    "Requirement": "dicomspec.validation.requirement",
    "requirement": "dicomspec.validation.requirement",
    "validate": "dicomspec.run",
}


def __getattr__(name: str) -> Any:
    if name not in _FROM:
        raise AttributeError(f"module 'dicomspec' has no attribute {name!r}")
    return getattr(import_module(_FROM[name]), name)
