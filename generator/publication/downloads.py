"""Files to take away."""

from collections.abc import Iterator

from generator.publication.views.edition import Edition


def table_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Each table's CSV, byte for byte as in the package."""
    for table in edition.plan.tables.values():
        yield f"{edition.root}data/{table.name}.csv", table.content
