#!/usr/bin/env bash
# Ingest what is laid into the inbox: a file that was taken moves to done/, one that was refused to rejected/, and one
# that could not be tried, because the database was away, stays for the next round.
#
#   INBOX            the folder, writable for this process (/inbox)
#   INGEST_INTERVAL  seconds between two rounds (60)
#   INGEST_SETTLED   seconds for which a file must not have changed, as it may still be being written (5)
#   INGEST_TIMEOUT   seconds after which a run that hangs is ended; its files are tried one by one (1800)
#   INGEST_ONCE      set: one round, then stop
set -euo pipefail

inbox=${INBOX:-/inbox}
batch=500 # files a round, so that the list fits on a command line
mkdir -p "$inbox/done" "$inbox/rejected"
trap 'exit 0' TERM INT

ingest() { # FILE...
    timeout --kill-after=10 "${INGEST_TIMEOUT:-1800}" python manage.py ingest_pages "$@"
}

settled() {
    find "$inbox" -maxdepth 1 -type f ! -name '.*' ! -newermt "-${INGEST_SETTLED:-5} seconds" -print0 | sort -z | head -z -n $batch
}

put() { # FOLDER FILE...: a name that is taken there already gets a number
    mv --backup=numbered --target-directory "$inbox/$1" -- "${@:2}"
}

take() { # FILE, alone, so that the exit status speaks of it alone
    if ingest "$1"; then
        put done "$1"
    elif python manage.py migrate --check >/dev/null 2>&1; then
        put rejected "$1"
    else
        echo "inbox: the database is not ready; files stay for the next round" >&2
        return 1
    fi
}

round() {
    local files
    mapfile -d '' -t files < <(settled)
    ((${#files[@]})) || return 0
    if ingest "${files[@]}"; then
        put done "${files[@]}"
        return 0
    fi
    for file in "${files[@]}"; do take "$file" || return 0; done
}

while :; do
    round
    [[ -z ${INGEST_ONCE:-} ]] || exit 0
    sleep "${INGEST_INTERVAL:-60}" &
    wait $!
done
