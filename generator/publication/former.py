"""Addresses that were published once: what stands there now, and that each must be answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.history.departures import Departure
from generator.publication.pages import Page, Setting, json_by_line, overview_page, redirect_page
from generator.publication.promises import Promises
from generator.publication.views.edition import FOLDERS, Edition
from generator.publication.views.withdrawn import farewell, withdrawn_view

_NOT_FOR_SEARCH = '<meta name="robots" content="noindex">'


@dataclass(frozen=True)
class Former:
    """The former addresses of one plan's records, for the site at `site_url`."""

    edition: Edition
    site_url: str

    def redirects(self, setting: Setting) -> Iterator[tuple[str, bytes]]:
        """Pages at addresses that have moved, and what programs read there."""
        for each in self.edition.plan.redirects:
            link = self.edition.links[each.table, each.new_id]
            old = self.edition.record_page(each.table, each.old_id)
            yield f"{old}index.html", redirect_page(link, old, setting)
            said = {"id": each.old_id, "moved_to": each.new_id, "title": link.text}
            yield f"{old[:-1]}.json", self._json(each.table, said, link.path)

    def withdrawn(self, table: str, setting: Setting) -> Iterator[tuple[Page, bytes]]:
        """A page in the place of each record of a table that is no more, and its JSON."""
        for gone in self.edition.chronicle.departures:
            if gone.table == table and gone.problem is None:
                view = withdrawn_view(self.edition, gone)
                said = {"id": gone.key, "title": gone.title, "withdrawn": self._withdrawn(gone)}
                page = overview_page(view, setting, _NOT_FOR_SEARCH)
                yield page, self._json(table, said, view.path)

    def _withdrawn(self, gone: Departure) -> dict[str, str]:
        date = gone.release.date if gone.release else ""
        said = farewell(self.edition, gone)
        return {"version": gone.version, "date": date, "said": said}

    def _json(self, table: str, said: Mapping[str, Any], path: str) -> bytes:
        url = self.site_url + path
        data = {"package": self.edition.plan.about.name, "table": table, **said, "url": url}
        return json_by_line(data)


def promises(edition: Edition) -> Promises:
    """Every record's address that any release of a plan published."""
    words = "这个网址曾经公布，新站却没有对应的页面"
    ids = [each for each in edition.links if each[0] in FOLDERS]
    said = dict.fromkeys([*ids, *edition.former], words)
    for gone in edition.chronicle.departures:
        if gone.problem is not None:
            told = f"{gone.problem.file}\uff1a{gone.problem.message}。{gone.problem.hint}"
            said[gone.table, gone.key] = told
    return Promises(
        records={edition.record_page(*each)[:-1]: told for each, told in said.items()},
        folders=tuple(f"{edition.root}{folder}/" for folder in FOLDERS.values()),
        data=(edition.page("data"),),
    )
