"""The rules of points: pure functions, one subject a file."""
