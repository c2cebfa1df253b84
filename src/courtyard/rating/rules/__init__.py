"""Rules of rating: documents and their reading, the linter, the engines, the plain-language page. Pure functions."""
