"""What the Python checks of tests/lint share: `FILE:LINE: MESSAGE` for each failure, at the end
`NAME: N checked, F failures`."""

import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
PASSED_OVER = {".git", "build", "__pycache__"}


class Report:
    def __init__(self, name):
        self.name, self.checked, self.failures = name, 0, 0

    def fail(self, path, line, message):
        self.failures += 1
        print(f"{relative(path)}:{line}: {message}")

    def finish(self):
        print(f"{self.name}: {self.checked} checked, {self.failures} failures")
        sys.exit(1 if self.failures else 0)


def relative(path):
    path = pathlib.Path(path)
    return path.relative_to(ROOT) if path.is_absolute() else path


def tree(*folders, suffixes=None):
    """All files below the folders (the whole tree without any), in a fixed order."""
    for folder in folders or ["."]:
        for at, folders_in, files in os.walk(ROOT / folder):
            folders_in[:] = sorted(set(folders_in) - PASSED_OVER)
            for name in sorted(files):
                path = pathlib.Path(at, name)
                if suffixes is None or path.suffix in suffixes:
                    yield path
