"""One frozen context per page: sorted, grouped and formatted, so that templates only print."""
