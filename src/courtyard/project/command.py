"""The console script `courtyard` (= manage.py)."""

import os
import sys


def main() -> None:
    """Run a courtyard command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtyard.project.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["courtyard", *sys.argv[1:]])
    except KeyboardInterrupt:
        # Before the command itself could say so (ops.operation does, once it runs).
        sys.exit(130)
    except ImproperlyConfigured as wrong:
        sys.exit(f"设置不对,没有开始:{wrong}")


if __name__ == "__main__":
    main()
