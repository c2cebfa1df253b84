"""The rules of shop: pure functions, one subject a file."""
