#!/bin/sh
# Back the database up each night, and keep the newest backups.
#
#   BACKUPS        the folder, writable for this process (/backups)
#   BACKUP_AT      hour and minute, in the time zone of the process (03:10)
#   BACKUPS_KEPT   how many stay (14)
#   BACKUP_ONCE    set: one backup now, then stop
set -eu

folder=${BACKUPS:-/backups}
trap 'exit 0' TERM INT

backup() {
    if python manage.py backup "$folder/laobrand-$(date -u +%Y%m%dT%H%M%SZ).backup"; then
        # names sort by time; what is older than the newest BACKUPS_KEPT goes, once there is a new one
        find "$folder" -maxdepth 1 -name 'laobrand-*.backup' | sort -r | tail -n +$((${BACKUPS_KEPT:-14} + 1)) | xargs -r rm --
    else
        echo "backup: failed; the older ones stay" >&2
        return 1
    fi
}

if [ -n "${BACKUP_ONCE:-}" ]; then
    backup
    exit
fi
while :; do
    now=$(date +%s)
    next=$(date -d "${BACKUP_AT:-03:10}" +%s)
    [ "$next" -gt "$now" ] || next=$(date -d "tomorrow ${BACKUP_AT:-03:10}" +%s)
    sleep $((next - now)) &
    wait $!
    backup || true
done
