# Loaded by every .bats file: the binary under test, the same surroundings everywhere, and for each test
# an empty directory to stand in. (A test file with a setup of its own calls osbox_setup from it.)

OSBOX=$(realpath "${OSBOX:-$BATS_TEST_DIRNAME/../../build/osbox}")
export OSBOX LC_ALL=C.UTF-8
unset COLUMNS

osbox_setup() {
  cd "$BATS_TEST_TMPDIR" || return
}

setup() {
  osbox_setup
}

# needs COMMAND...: skip the test where a command is missing
needs() {
  local command
  for command in "$@"; do
    command -v "$command" >/dev/null || skip "$command is not installed"
  done
}

# needs_applet NAME: skip the test where the binary was built without it
needs_applet() {
  "$OSBOX" --list | grep -qx "$1" || skip "built without $1"
}
