#!/usr/bin/python3
"""Run the examples of every page: the ```console blocks of docs/*.md and README.md.

A line that begins with "$ " is a command, lines that begin with "> " behind it continue it, and what
follows up to the next command is its output, stderr in the midst of it. The commands of a page run
one after the other in one bash, in an empty directory, with the applets on PATH; so one can make the
files that the next reads, and `echo $?` shows the exit code of the one before.

    docs_examples.py [PAGE...]

The last line is "docs_examples: N examples, D differences".
"""

import dataclasses
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

TREE = pathlib.Path(__file__).resolve().parents[2]
OSBOX = os.path.abspath(os.environ.get("OSBOX", TREE / "build" / "osbox"))
TIMEOUT = 120

# Behind each command a NUL, and its exit code kept for the next.
END = "osbox_end() { local code=$?; printf '\\0'; return $code; }\n"


@dataclasses.dataclass
class Example:
    """A command, where it stands, and the output that the page promises."""

    line: int
    command: list
    output: list


def read_examples(page):
    """The examples of a page, in order."""
    examples = []
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            examples.append(Example(number, [line[2:]], []))
        elif inside and examples and line.startswith("> ") and not examples[-1].output:
            examples[-1].command.append(line[2:])
        elif inside and examples and line == ">" and not examples[-1].output:
            examples[-1].command.append("")
        elif inside and examples:
            examples[-1].output.append(line)
    return examples


def run(examples, work):
    """What each command prints, or fewer texts where the shell ended early."""
    place = pathlib.Path(work, "place")
    applets = pathlib.Path(work, "bin")
    place.mkdir()
    applets.mkdir()
    (applets / "osbox").symlink_to(OSBOX)
    subprocess.run([OSBOX, "--install", "--symlink", str(applets)], check=True)
    script = END + "".join("\n".join(e.command) + "\nosbox_end\n" for e in examples)
    environment = {"PATH": f"{applets}:/usr/local/bin:/usr/bin:/bin", "HOME": str(place),
                   "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}
    ran = subprocess.run(["bash", "-c", script], cwd=place, env=environment, check=False,
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, timeout=TIMEOUT)
    return ran.stdout.decode("utf-8", "backslashreplace").split("\0")[:-1]


def check_page(page):
    """The number of examples, and of those that print something else."""
    examples = read_examples(page)
    if not examples:
        return 0, 0
    with tempfile.TemporaryDirectory() as work:
        printed = run(examples, work)
    differences = 0
    for i, example in enumerate(examples):
        got = printed[i].splitlines() if i < len(printed) else ["(the shell had ended)"]
        if got == example.output:
            continue
        differences += 1
        print(f"{page}:{example.line}: $ {example.command[0]}")
        for line in difflib.unified_diff(example.output, got, "page", "run", lineterm="", n=1):
            print(f"    {line}")
    return len(examples), differences


def main():
    pages = [pathlib.Path(name) for name in sys.argv[1:]]
    if not pages:
        pages = [TREE / "README.md", *sorted(TREE.glob("docs/*.md"))]
    counts = [check_page(page) for page in pages]
    examples, differences = map(sum, zip(*counts))
    print(f"docs_examples: {examples} examples, {differences} differences")
    sys.exit(differences > 0)


if __name__ == "__main__":
    main()
