#!/usr/bin/env python
import os
import sys


def main() -> int | None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smmplanner.settings")
    try:
        from django.core.management import execute_from_command_line

        from smmplanner.env import SettingError
    except ImportError as problem:
        print(f"Python packages are missing ({problem}): run make, or use .venv/bin/python.", file=sys.stderr)
        return 1
    try:
        execute_from_command_line(sys.argv)
    except SettingError as problem:
        print(problem, file=sys.stderr)
        return 1
    return None


if __name__ == "__main__":
    sys.exit(main())
