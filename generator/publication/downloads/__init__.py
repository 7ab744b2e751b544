"""Files to take away: every table in every format, the whole package in three, and what they mean.

`release.py` puts them together; each format has a module of its own, and none knows another.
"""
