#!/usr/bin/env bash
# Installs what the tests need, builds with warnings as errors, and runs everything: ./eng/test.sh
# On Redis instead of SQLite: ./eng/test.sh redis, or SIGNET_TEST_STORE=redis.
# The last line is "N passed, N failed", counted from the test results.
set -uo pipefail
cd "$(dirname "$0")/.."

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)

install_missing() {
    local missing=()
    command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
    command -v redis-server >/dev/null || missing+=(redis-server)
    command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing+=(nginx)
    # The clients of others that the browser tests drive.
    command -v npm >/dev/null || missing+=(nodejs npm)
    if [ ${#missing[@]} -gt 0 ]; then
        echo "Installing ${missing[*]}"
        "${as_root[@]}" apt-get update -qq && install_idle "${missing[@]}" || return
    fi

    npm ci --prefix tests/E2E/Npm --ignore-scripts --no-audit --no-fund --silent
}

# The tests start servers of their own on free ports: those of the packages are started neither now nor at the next boot.
install_idle() {
    local policy=/usr/sbin/policy-rc.d ours="" status package
    if [ ! -e "$policy" ]; then
        ours=$policy
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null && "${as_root[@]}" chmod 755 "$policy"
    fi

    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
    status=$?
    if [ -n "$ours" ]; then
        "${as_root[@]}" rm -f "$ours"
    fi

    if command -v systemctl >/dev/null; then
        for package in "$@"; do
            "${as_root[@]}" systemctl disable --quiet "$package" 2>/dev/null
        done
    fi

    return "$status"
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
    local project=$1 store=$2
    echo "$project on $store"
    SIGNET_TEST_STORE=$store timeout --kill-after=30s "$longest_run" \
        dotnet test "tests/$project" --no-build --configuration Release --nologo \
        --logger "trx;LogFileName=$project-$store.trx" --results-directory "$results" || failed=1
    [ -s "$results/$project-$store.trx" ] || failed=1
}

store=${1:-${SIGNET_TEST_STORE:-sqlite}}
case $store in
    sqlite | redis) ;;
    *) echo "There is no store '$store': sqlite or redis"; exit 2 ;;
esac

install_missing || exit 1
results=TestResults
longest_run=45m
rm -rf "$results"
failed=0

dotnet build Dashboard.sln --configuration Release --nologo --verbosity quiet || { echo "0 passed, 1 failed"; exit 1; }
run Unit "$store"

# What works on a file works on Redis too: the unit tests say so in a minute, the browser's only when asked.
if [ "$store" = sqlite ]; then
    run Unit redis
fi

run E2E "$store"

# A run that crashed counts as a failure even where it wrote no failed test.
failures=$(count failed)
if [ "$failed" -ne 0 ] && [ "$failures" -eq 0 ]; then
    failures=1
fi

echo "$(count passed) passed, $failures failed"
[ "$failed" -eq 0 ] && [ "$failures" -eq 0 ]
