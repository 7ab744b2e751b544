"""planpub: turns a government plan, kept as a data package, into open data and a site."""

__version__ = "0.1.0"
