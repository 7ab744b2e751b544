"""What a site must go on answering, because it was published once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_FORMS = ("/index.html", ".json", ".xml")
"""The files at a record's address: its page, its data, and a unit's feed."""
_VERSION_FILE = re.compile(r"v\d[^/]*/[^/]+")


@dataclass(frozen=True)
class Promises:
    """Addresses that must be answered.

    `records` are the addresses of records, without the last stroke, each with what to say where
    nothing is there. Every record lies in one of the `folders`, every version's files in a folder
    of their own within those of `data`; both end in a stroke.
    """

    records: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    folders: tuple[str, ...] = ()
    data: tuple[str, ...] = ()

    @classmethod
    def of_all(cls, several: "Iterable[Promises]") -> "Promises":
        """Those of several plans together."""
        each = tuple(several)
        return cls(
            records={path: told for one in each for path, told in one.records.items()},
            folders=tuple(folder for one in each for folder in one.folders),
            data=tuple(folder for one in each for folder in one.data),
        )

    def record_of(self, path: str) -> str | None:
        """The address of the record that a file is a form of; None for any other file."""
        if not path.startswith(self.folders):
            return None
        return next((path.removesuffix(form) for form in _FORMS if path.endswith(form)), None)

    def is_versioned(self, path: str) -> bool:
        """Whether a file belongs to one version of the data, and so stays for good."""
        folder = next((each for each in self.data if path.startswith(each)), None)
        return folder is not None and bool(_VERSION_FILE.fullmatch(path[len(folder) :]))
