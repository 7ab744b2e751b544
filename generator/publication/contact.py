"""Whom to ask about the data: as the descriptor says, or where the site takes questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.publication.downloads.release import DataRelease


@dataclass(frozen=True)
class Contact:
    """`email` is empty where the descriptor names none, for none is invented; `url` never is."""

    name: str
    email: str
    url: str

    @property
    def address(self) -> str:
        """Where a reader writes to."""
        return f"mailto:{self.email}" if self.email else self.url


def contact_of(release: DataRelease) -> Contact:
    """The contributor with the role of contact, or else any that can be reached."""
    about = release.edition.plan.about
    people = sorted(about.contributors, key=lambda each: "contact" not in (each.get("roles") or ()))
    page = release.site_url + release.edition.page("about")
    return Contact(
        name=_first(people[:1], "title") or release.edition.words.join(release.work().authors),
        email=_first(people, "email"),
        url=_first(people, "path") or release.questions or page,
    )


def _first(people: list[Mapping[str, Any]], key: str) -> str:
    return next((str(each[key]) for each in people if each.get(key)), "")
