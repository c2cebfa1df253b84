"""Pure facts of what is printed: the frame around every print and what it must carry."""
