"""Addresses that were published never die: what was promised is answered."""

from collections.abc import Iterator

from generator.publication.checks.built import BuiltSite, Finding
from generator.publication.swap import files_in

_GONE = (
    "原站有这个网址，新站没有：恢复这条记录，或在改名表 redirects 中写明它现在的编号；"
    "确已撤销的，请在 git 仓库中生成，原网址会留下撤销说明"
)
_FILE_GONE = "原站有这个版本的文件，新站没有"


def addresses(site: BuiltSite) -> Iterator[Finding]:
    """Every record that was ever published is answered for, and so is what is served now."""
    for record, told in site.promises.records.items():
        if not _is_answered(site, record):
            yield Finding("addresses", f"{record}/", told)
    yield from _served_before(site)


def _served_before(site: BuiltSite) -> Iterator[Finding]:
    """Addresses of the site that is being replaced which the new one leaves without an answer."""
    served = files_in(site.served) if site.served else set()
    promises, told = site.promises, set(site.promises.records)
    for path in sorted(served - site.paths):
        record = promises.record_of(path)
        if promises.is_versioned(path):
            yield Finding("addresses", path, _FILE_GONE)
        elif record and f"{record}.json" in served and record not in told:
            told.add(record)
            if not _is_answered(site, record):
                yield Finding("addresses", f"{record}/", _GONE)


def _is_answered(site: BuiltSite, record: str) -> bool:
    """Whether a record has a page: one written by hand in its place brings no data with it."""
    return f"{record}/index.html" in site.paths
