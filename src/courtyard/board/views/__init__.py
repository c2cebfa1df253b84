"""Views of the board, one subject a file."""
