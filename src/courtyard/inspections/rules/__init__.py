"""The rules of inspections: pure functions, one subject a file."""
