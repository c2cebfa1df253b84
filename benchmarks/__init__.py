"""What `make bench` measures: each thing beside its comparison in the same run. See README.md."""
