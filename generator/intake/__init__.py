"""From files to a plan that can be trusted, or to every problem that stands in the way."""
