#!/usr/bin/env bash
# Installs what the tests need, builds with warnings as errors, and runs everything.
# The last line is "N passed, N failed", counted from the test results.
set -uo pipefail
cd "$(dirname "$0")/.."

install_missing() {
    local missing=()
    command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
    command -v redis-server >/dev/null || missing+=(redis-server)
    if [ ${#missing[@]} -eq 0 ]; then
        return
    fi

    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    echo "Installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq "${missing[@]}" >/dev/null
}

# Reads one counter out of every result file and adds them up.
count() {
    local total=0 value
    for value in $(grep -oh "<Counters [^>]*" "$results"/*.trx 2>/dev/null | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n'); do
        total=$((total + value))
    done
    echo "$total"
}

# A run that hangs is ended; one that left no results has failed, whatever its exit code says.
run() {
    local project=$1
    timeout --kill-after=30s "$longest_run" dotnet test "tests/$project" --no-build --configuration Release --nologo \
        --logger "trx;LogFileName=$project.trx" --results-directory "$results" || failed=1
    [ -s "$results/$project.trx" ] || failed=1
}

install_missing || exit 1
results=TestResults
longest_run=12m
rm -rf "$results"
failed=0

dotnet build Dashboard.sln --configuration Release --nologo --verbosity quiet || { echo "0 passed, 1 failed"; exit 1; }
run Unit
run E2E

# A run that crashed counts as a failure even where it wrote no failed test.
failures=$(count failed)
if [ "$failed" -ne 0 ] && [ "$failures" -eq 0 ]; then
    failures=1
fi

echo "$(count passed) passed, $failures failed"
[ "$failed" -eq 0 ] && [ "$failures" -eq 0 ]
