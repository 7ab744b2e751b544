"""Charts that answer a reader's questions. Altair and vl-convert live here and nowhere else.

A new chart is one function from an Edition to a Chart (see chart.py), and one line in the list
CHARTS of gallery.py. The function says question, finding and data, and which of the shapes of
shapes.py draws them; page, table, text alternative, downloads and cache follow by themselves.
"""
