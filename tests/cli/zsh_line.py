#!/usr/bin/python3
"""Type a line and TAB into an interactive zsh that has a directory of completion functions, and print
what stands in the line then: zsh_line.py DIRECTORY LINE."""

import os
import pty
import re
import select
import sys
import time

SETUP = """PS1= RPS1= LISTMAX=1000; unset zle_bracketed_paste; setopt noautolist nolistbeep
fpath=({0} $fpath); autoload -Uz compinit; compinit -u -D
show() {{ print -r -- "<<$BUFFER>>"; BUFFER= }}; zle -N show; bindkey '^X' show; bindkey '^I' complete-word
print READY$((1))
"""


def read_until(fd, pattern, seconds=10):
    """What comes from fd until it matches."""
    text, end = b"", time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([fd], [], [], 0.1)[0]:
            try:
                text += os.read(fd, 65536)
            except OSError:
                break
        found = re.search(pattern, text, re.S)
        if found:
            return found
    sys.exit(f"zsh said only: {text!r}")


def main():
    functions, line = sys.argv[1:]
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM="dumb", COLUMNS="200")
        os.execvp("zsh", ["zsh", "-f", "-i"])
    os.write(fd, SETUP.format(functions).encode())
    read_until(fd, rb"READY1")
    os.write(fd, line.encode() + b"\t\x18")
    print(read_until(fd, rb"<<(.*?)>>").group(1).decode())
    os.close(fd)
    os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
