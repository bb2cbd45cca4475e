#!/bin/sh
# What a release does once before its processes start: the schema, the table of regions, the search index, the static
# files, and on PostgreSQL the role that serves the site. The site of the release before may serve meanwhile.
set -eu
python manage.py migrate --no-input
python manage.py establish_app_role
python manage.py load_regions
python manage.py rebuild_search_index
python manage.py collectstatic --no-input --verbosity 1
