# Read by the programs in bin/: `environment FILE...` makes .venv hold what the files lock,
# and leaves its Python in $python. PYTHON=... chooses the interpreter.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)

environment() {
    in_venv "$root/.venv" "$@"
}

in_venv() {
    venv=$1
    shift
    python=$venv/bin/python
    # The usual case first: everything is there, so nothing is looked for and nobody asked.
    if [ -z "${PYTHON:-}" ] && [ -x "$python" ] &&
        "$python" -I -S "$root/tools/environment.py" current "$venv" "$@" 2>/dev/null; then
        return
    fi
    if [ -z "${PYTHON:-}" ] && fits "$python"; then
        # What stands is kept and completed, also where a newer Python has come to the machine.
        base=$python
    else
        base=$(find_python) || exit 1
    fi
    "$base" -I "$root/tools/environment.py" make "$venv" "$@" || exit 1
}

fits() {
    "$1" -I "$root/tools/environment.py" fits 2>/dev/null
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        command -v "$PYTHON" && return
        echo "Krets: PYTHON=$PYTHON was asked for, but there is no such program." >&2
        return 1
    fi
    second_best=
    for name in python3.13 python3.12 python3.11 python3.14 python3 python; do
        command -v "$name" >/dev/null 2>&1 || continue
        if "$name" -I "$root/tools/environment.py" usable 2>/dev/null; then
            command -v "$name"
            return
        fi
        if fits "$name"; then
            second_best=${second_best:-$name}
        fi
    done
    if [ -n "$second_best" ]; then
        # It will say what it lacks.
        command -v "$second_best"
        return
    fi
    cat >&2 <<'SAY'
Krets needs Python 3.11, 3.12, 3.13 or 3.14, and found none of them.
  Debian, Ubuntu:  sudo apt install python3 python3-venv
  Fedora:          sudo dnf install python3 python3-pip
  others:          https://www.python.org/downloads/
  elsewhere:       PYTHON=/path/to/python3 bin/krets …
Then run the same command again.
SAY
    return 1
}
