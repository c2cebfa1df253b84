"""The ground the tests stand on: parts of a run, databases of their own, the served process, the browser."""
