#!/bin/sh
# What a release does once before its processes start: the schema, the table of regions, the static files.
set -eu
python manage.py migrate --no-input
python manage.py load_regions
python manage.py collectstatic --no-input --verbosity 1
