"""The rules of honours: pure functions, one subject a file."""
