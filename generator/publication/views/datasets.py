"""The pages of the data: one that leads to all of it, and one for every table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from generator.publication.contact import contact_of
from generator.publication.downloads import formats
from generator.publication.downloads.cells import as_text
from generator.publication.downloads.citation import Work, apa, bibtex, gb_t_7714
from generator.publication.downloads.datasets import Dataset
from generator.publication.downloads.dictionary import Entry, dictionary
from generator.publication.downloads.release import DataFile, DataRelease
from generator.publication.downloads.snippets import snippets
from generator.publication.views.lists import filled
from generator.publication.views.parts import (
    Fact,
    FileLine,
    Grid,
    Group,
    Item,
    Link,
    OverviewView,
    Quote,
)
from generator.publication.wording import Wording

COPY_SCRIPT = "assets/planpub/copy.js"
"""What a page with citations and code to take needs."""

_PREVIEW = 8
"""How many rows a table's page shows."""
_LONGEST_CELL = 60


@dataclass(frozen=True, kw_only=True)
class DatasetView:
    """The page of one table. `name` is what the table is called where it stands alone."""

    stem: str
    path: str
    title: str
    name: str
    lead: str
    crumbs: tuple[Link, ...]
    files: tuple[FileLine, ...]
    facts: tuple[Fact, ...]
    dictionary: tuple[Entry, ...]
    preview: Grid
    snippets: tuple[Quote, ...]
    by_hand: str
    quotes: tuple[Quote, ...]
    whole: Link
    same_as: str
    assets: tuple[str, ...] = (COPY_SCRIPT,)


def data_view(release: DataRelease) -> OverviewView:
    """The data as a whole: its files, its tables, what it is, how to cite it."""
    edition, text = release.edition, release.edition.words.text
    joined = (each for each in release.datasets if each.joined)
    plain = (each for each in release.datasets if not each.joined)
    return OverviewView(
        name="data",
        template="data.html",
        path=release.folder,
        title=text("Data"),
        lead=_whole_lead(release),
        crumbs=edition.crumbs(),
        files=_files(release, release.package_files),
        groups=filled(
            (
                Group("joined", text("Tables to read without joining"), _items(release, joined)),
                Group("tables", text("The tables as they are kept"), _items(release, plain)),
            )
        ),
        facts=_facts(release, release.folder),
        quotes=_citations(release.work()),
        assets=(COPY_SCRIPT,),
    )


def _whole_lead(release: DataRelease) -> str:
    about, text = release.edition.plan.about, release.edition.words.text
    return text(
        "%(description)s %(tables)s tables, free to reuse, each as CSV, as CSV for Excel and WPS, "
        "as JSON and as Parquet; all of them in one workbook, one database and one zip.",
        description=about.description,
        tables=len(release.datasets),
    )


def _items(release: DataRelease, shown: Iterable[Dataset]) -> tuple[Item, ...]:
    return tuple(
        Item(
            Link(each.table.title, release.page(each)),
            f"{_rows(release.edition.words, each)} {each.table.description}",
        )
        for each in shown
    )


def _rows(words: Wording, dataset: Dataset) -> str:
    return words.count("%(number)d row", "%(number)d rows", len(dataset.rows))


def dataset_views(release: DataRelease, repository: str) -> Iterator[DatasetView]:
    """The page of every table; `repository` is where its files lie as an address, or empty."""
    for dataset in release.datasets:
        yield _dataset_view(release, dataset, repository)


def _dataset_view(release: DataRelease, dataset: Dataset, repository: str) -> DatasetView:
    edition, words = release.edition, release.edition.words
    path, table = release.page(dataset), dataset.table
    columns = len(dataset.columns)
    about = (
        Fact(words.text("Name in files"), dataset.stem),
        Fact(words.text("Rows"), str(len(dataset.rows))),
        Fact(words.text("Columns"), str(columns)),
    )
    same = urljoin(repository, table.path) if repository and table.path else ""
    copy = Fact(words.text("In the repository"), links=(Link(table.path, same, external=True),))
    folder = release.site_url + release.folder
    return DatasetView(
        stem=dataset.stem,
        path=path,
        title=table.title,
        name=release.work(dataset).title,
        lead=_lead(release, dataset),
        crumbs=edition.crumbs(Link(words.text("Data"), release.folder)),
        files=_files(release, release.table_files[dataset.stem]),
        facts=(*about, *_facts(release, path), *((copy,) if same else ())),
        dictionary=dictionary(dataset, words),
        preview=_preview(dataset, words),
        snippets=tuple(
            Quote(each.tool, each.code, each.language) for each in snippets(dataset, folder)
        ),
        by_hand=_by_hand(release, dataset),
        quotes=_citations(release.work(dataset)),
        whole=Link(words.text("All tables together"), release.folder),
        same_as=same,
    )


def _by_hand(release: DataRelease, dataset: Dataset) -> str:
    """How to open a table in a spreadsheet."""
    file = f"{dataset.stem}{formats.EXCEL_CSV.ending}"
    return release.edition.words.text(
        "In Excel or WPS: double-click %(file)s, or open the sheet “%(sheet)s” of %(book)s. To "
        "have a table that can be refreshed: Data, From Web, and the address %(address)s.",
        file=file,
        sheet=next(name for name, each in release.sheets.items() if each is dataset),
        book=f"{release.edition.plan.about.name}{formats.XLSX.ending}",
        address=f"{release.site_url}{release.folder}{file}",
    )


def _lead(release: DataRelease, dataset: Dataset) -> str:
    """What a table is, in enough words for a search engine to tell it from others."""
    about, words = release.edition.plan.about, release.edition.words
    return words.text(
        "%(description)s %(rows)s rows and %(columns)s columns of “%(plan)s”, read clause by "
        "clause from the official text; data version %(version)s of %(date)s.",
        description=dataset.table.description,
        rows=len(dataset.rows),
        columns=len(dataset.columns),
        plan=about.title,
        version=about.version,
        date=words.date(release.day),
    )


def _files(release: DataRelease, files: Iterable[DataFile]) -> tuple[FileLine, ...]:
    text = release.edition.words.text
    words = {
        formats.CSV: (
            text("CSV"),
            text("For programs: UTF-8 without a byte order mark"),
        ),
        formats.EXCEL_CSV: (
            text("CSV for Excel and WPS"),
            text("Opens with a double click, headings in words; not for programs"),
        ),
        formats.JSON: (text("JSON"), text("Rows as objects, with what the columns mean")),
        formats.PARQUET: (text("Parquet"), text("Typed columns, for pandas, R and DuckDB")),
        formats.XLSX: (text("Excel workbook"), text("Every table as a sheet, with a dictionary")),
        formats.SQLITE: (text("SQLite database"), text("With keys, and views in words")),
        formats.ZIP: (
            text("Data package (zip)"),
            text("Tables, descriptor, dictionary, licence and citation together"),
        ),
        formats.DESCRIPTOR: (
            text("Descriptor"),
            text("What every file and column is, with sizes and sums, for programs"),
        ),
    }
    return tuple(
        FileLine(
            label=words[file.format][0],
            name=file.name,
            path=f"{release.folder}{file.name}",
            size=formats.size_in_words(file.size),
            sha256=file.sha256,
            help=words[file.format][1],
        )
        for file in files
    )


def _facts(release: DataRelease, path: str) -> tuple[Fact, ...]:
    """What the page says of the data for people is what its head says for search engines."""
    about, words = release.edition.plan.about, release.edition.words
    text = words.text
    licences = tuple(
        Link(str(each.get("title") or each["path"]), str(each["path"]), external=True)
        for each in about.licenses
        if each.get("path")
    )
    named = words.join([str(each.get("title") or each.get("name")) for each in about.licenses])
    folder = Link(f"v{about.version}", release.version_file("datapackage.json"))
    contact = contact_of(release)
    return (
        Fact(text("Data version"), about.version),
        Fact(text("Released on"), release.day),
        Fact(text("First released on"), release.first_day),
        Fact(text("Data licence"), "" if licences else named, licences),
        Fact(text("Made by"), words.join(release.work().authors)),
        Fact(text("Read from"), release.source),
        Fact(text("How it was made"), release.method),
        Fact(text("Applies to"), about.jurisdiction),
        Fact(text("Period"), f"{about.period_start}—{about.period_end}"),
        Fact(text("Language"), about.language),
        *((Fact(text("Keywords"), words.join(about.keywords)),) if about.keywords else ()),
        Fact(text("Whom to ask"), links=(Link(contact.name, contact.address, external=True),)),
        Fact(text("Permanent address"), release.site_url + path),
        Fact(text("This version for good"), links=(folder,)),
    )


def _citations(work: Work) -> tuple[Quote, ...]:
    return (
        Quote("GB/T 7714", gb_t_7714(work)),
        Quote("APA", apa(work)),
        Quote("BibTeX", bibtex(work), "bibtex"),
    )


def _preview(dataset: Dataset, words: Wording) -> Grid:
    shown = dataset.rows[:_PREVIEW]
    title = words.text("The first rows")
    rows = tuple(tuple(_short(as_text(cell)) for cell in row) for row in shown)
    return Grid("preview", title, tuple(column.title for column in dataset.columns), rows)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
