"""What a built site must keep before anybody sees it: every check by its name.

A check reads the files as they will be served and yields what it finds wrong.
"""

from collections.abc import Callable, Iterator, Mapping

from generator.publication.checks.addresses import addresses
from generator.publication.checks.built import BuiltSite, Finding
from generator.publication.checks.catalogue import catalogue
from generator.publication.checks.findability import findable
from generator.publication.checks.markup import alternatives, valid_html
from generator.publication.checks.pages import foreign_requests, links, page_basics

__all__ = ["CHECKS", "BuiltSite", "Finding"]

CHECKS: Mapping[str, Callable[[BuiltSite], Iterator[Finding]]] = {
    "links": links,
    "addresses": addresses,
    "foreign-requests": foreign_requests,
    "page-basics": page_basics,
    "html": valid_html,
    "alternatives": alternatives,
    "search": findable,
    "catalogue": catalogue,
}
"""Every check by its name, in the order in which they run."""
