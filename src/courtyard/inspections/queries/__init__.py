"""Reading rounds: overview, panels, typing sheets, marks, results. Each takes areas or a subject."""
