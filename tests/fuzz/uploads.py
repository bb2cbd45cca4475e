"""`python -m tests.fuzz.uploads --cases 2000 --seed 1`: spoilt pages by the way of the staff: an editor uploads them, a
worker reads them in its limited process and shows what they would bring, and brings them in. One line out; status 1
where an answer is a 5xx, where a job fails, or where a file fails by a fault of ours.

The site is a scratch one, on SQLite or on the server that DATABASE_URL names.
"""

import argparse
import logging
import os
import sys
from collections import Counter

# Files of one job; the largest do not fit together.
TOGETHER = 10

# How no file may end: all else says what the file is, or that it is too much for the limits.
UNPLANNED = {"died", "extraction", "database", "gone"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.uploads", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000, help="how many files (default: 2000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same ones (default: 1)")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laobrand.settings")
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from tests.odd.__main__ import site

    with site(here=False):
        return run(arguments.seed, arguments.cases)


def run(seed: int, cases: int) -> int:
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command
    from django.test import Client

    from curation.jobs import queue
    from curation.models import FileState, Job, JobFile, JobState
    from curation.roles import assign
    from tests.fuzz.cases import make

    call_command("load_regions", verbosity=0)  # pages name places that a small catalogue has not
    editor = User.objects.create_user("fuzz-uploads")
    assign(editor, "editor")
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    statuses: Counter[int] = Counter()
    for start in range(0, cases, TOGETHER):
        numbers = range(start, min(start + TOGETHER, cases))
        files = [SimpleUploadedFile(f"{number}.txt", make(seed, number).data) for number in numbers]
        statuses[client.post("/admin/upload/", {"chosen": files}).status_code] += 1
        job = Job.objects.filter(author=editor).order_by("-pk").first()
        if job is None or job.state == JobState.DONE:
            continue
        queue.check(job)
        call_command("worker", once=True, verbosity=0)
        statuses[client.get(job.get_absolute_url()).status_code] += 1
        job.refresh_from_db()
        if queue.load(job):
            call_command("worker", once=True, verbosity=0)
        statuses[client.get(job.get_absolute_url()).status_code] += 1
    files_of = JobFile.objects.filter(job__author=editor)
    failures = Counter(files_of.filter(state=FileState.FAILED).values_list("failure", flat=True))
    failed = Job.objects.filter(author=editor, state=JobState.FAILED).count()
    for file in files_of.filter(failure__in=UNPLANNED)[:20]:
        print(f"seed {seed}, {file.name}: {file.failure} {file.detail}", file=sys.stderr)
    told = ", ".join(f"{count} times {status}" for status, count in sorted(statuses.items()))
    print(
        f"{cases} files, {files_of.count()} taken, {files_of.filter(state=FileState.DONE).count()} brought in;"
        f" failures: {dict(failures) or 'none'}; {failed} jobs failed; answers: {told}"
    )
    return 1 if UNPLANNED & set(failures) or failed or any(status >= 500 for status in statuses) else 0


if __name__ == "__main__":
    raise SystemExit(main())
