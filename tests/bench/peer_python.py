"""The peer for python3: print one value of a file, `peer_python.py FILE SECTION OPTION`."""

import configparser
import sys

parser = configparser.ConfigParser()
with open(sys.argv[1], encoding="utf-8") as file:
    parser.read_file(file)
print(parser.get(sys.argv[2], sys.argv[3]))
