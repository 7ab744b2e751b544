"""The formats that data goes out in: what they are called, and how machines call them."""

from dataclasses import dataclass

_EU_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_IANA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True)
class Format:
    """`label` is its name for people, an interface message; `file_type` the EU authority's code."""

    label: str
    ending: str
    media_type: str
    file_type: str

    @property
    def media_type_iri(self) -> str:
        """The media type as DCAT wants it: an address, no text."""
        return _IANA + self.media_type

    @property
    def file_type_iri(self) -> str:
        """The format as DCAT wants it."""
        return _EU_FILE_TYPES + self.file_type


CSV = Format("CSV", ".csv", "text/csv", "CSV")
EXCEL_CSV = Format("CSV for Excel and WPS", "-excel.csv", "text/csv", "CSV")
JSON = Format("JSON", ".json", "application/json", "JSON")
PARQUET = Format("Parquet", ".parquet", "application/vnd.apache.parquet", "PARQUET")
XLSX = Format(
    "Excel workbook",
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "XLSX",
)
SQLITE = Format("SQLite", ".sqlite", "application/vnd.sqlite3", "OCTET")  # the EU has no code
ZIP = Format("Data package (zip)", ".zip", "application/zip", "ZIP")
DESCRIPTOR = Format("Descriptor", "datapackage.json", "application/json", "JSON")


def size_in_words(size: int) -> str:
    """A size in bytes as people read it: 812 B, 13.7 KB, 1.2 MB."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.1f} KB" if size < 999_950 else f"{size / 1_000_000:.1f} MB"
