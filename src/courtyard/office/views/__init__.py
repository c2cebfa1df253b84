"""The office's pages, one subject a file: read, act, show."""
