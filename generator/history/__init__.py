"""Two versions of a package: what changed, in words, and what version that makes."""
