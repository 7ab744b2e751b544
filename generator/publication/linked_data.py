"""Linked data as flat lists of nodes, and the two ways of writing them: JSON-LD and Turtle.

A node is a dictionary as JSON-LD has it: @id, @type, and values that are texts or dictionaries with
@id, @language or @type. Every node has an address, so nothing is nested.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

Node = dict[str, Any]

_DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


def node(address: str, kind: str, said: Mapping[str, Any]) -> Node:
    """A thing with an address, without what is not known of it."""
    return {
        "@id": iri(address),
        "@type": kind,
        **{name: value for name, value in said.items() if value not in (None, "", [])},
    }


def link(address: str) -> Node:
    """A reference to another thing."""
    return {"@id": iri(address)}


def typed(value: str, kind: str) -> Node:
    """A value of a type, as xsd:date."""
    return {"@value": value, "@type": kind}


def in_language(text: str, language: str) -> Node | None:
    """A text of a language, or nothing."""
    return {"@value": text, "@language": language} if text else None


def moment(written: str) -> Node | None:
    """A year, a month or a day, typed as what it is."""
    kind = _DATE_TYPES.get(len(written))
    return typed(written, kind) if kind else None


def language_code(tag: str) -> Node:
    """A language as the Library of Congress lists it: the address that DCAT asks for."""
    primary = tag.partition("-")[0].lower()
    return link(f"http://id.loc.gov/vocabulary/iso639-{1 if len(primary) == 2 else 2}/{primary}")


def iri(address: str) -> str:
    """An address as an IRI of ASCII: the same in every way of writing."""
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~")


def json_ld(nodes: Iterable[Node], prefixes: Mapping[str, str]) -> bytes:
    """The nodes as JSON-LD."""
    graph = {"@context": dict(prefixes), "@graph": list(nodes)}
    return (json.dumps(graph, ensure_ascii=False, indent=1) + "\n").encode()


def turtle(nodes: Iterable[Node], prefixes: Mapping[str, str]) -> bytes:
    """The nodes as Turtle."""
    declared = (f"@prefix {name}: <{address}> ." for name, address in prefixes.items())
    return ("\n".join((*declared, "", *map(_statements, nodes))) + "\n").encode()


def _statements(of: Node) -> str:
    lines = [f"a {of['@type']}"]
    for name, value in of.items():
        if not name.startswith("@"):
            values = value if isinstance(value, list) else [value]
            lines.append(f"{name} {', '.join(map(_value, values))}")
    return f"<{of['@id']}>\n  " + " ;\n  ".join(lines) + " .\n"


def _value(value: Node | str) -> str:
    if isinstance(value, str):
        return _literal(value)
    if "@id" in value:
        return f"<{value['@id']}>"
    if "@language" in value:
        return f"{_literal(value['@value'])}@{value['@language']}"
    return f"{_literal(value['@value'])}^^{value['@type']}"


def _literal(text: str) -> str:
    """JSON's escapes are Turtle's, too."""
    return json.dumps(text, ensure_ascii=False)
