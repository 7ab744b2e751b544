"""From a plan to the files of its site: views, pages, downloads, catalogue, checks."""
