"""What is asked of a database that an older version made, once it is migrated: `python -m tests.upgrade.questions`
prints the answers as JSON, from the database that the environment names."""

import json
from typing import Any

import django
from django.test import Client
from django.test.utils import setup_test_environment

# Which the old version called view_batch and delete_claim.
PERMISSIONS = ("brands.view_changeset", "curation.delete_articlelock")


def answers() -> dict[str, Any]:
    """The pages' statuses, the history of a brand, who may do what, and the brands before and after two undos."""
    from django.contrib.auth.models import User

    from brands.audit import history, seals
    from brands.audit.check import check
    from brands.audit.undo import undo
    from brands.models import Article, Brand, Change, ChangeSet, Page, Program, Region, Statistic
    from curation.models import ArticleLock, ReviewSession

    reviewer = User.objects.get(username="old-reviewer")
    public, staff = Client(), Client()
    staff.force_login(reviewer)
    rows = [row for model in (Brand, Program, Statistic, Article) for row in model._default_manager.order_by("pk")]
    addresses = ["/", "/brands/", "/regions/", "/statistics/", "/programs/", "/articles/", "/search/?q=天镇"]
    addresses += [row.get_absolute_url() for row in (*rows, *Region.objects.filter(brands__isnull=False).distinct())]
    told = {
        "unread": [address for address in addresses if public.get(address).status_code != 200],
        "pages": len(addresses) > 40,
        "staff": [staff.get(f"/admin/{path}").status_code for path in ("", "batches/", "batches/4/", "queue/")],
        "change_sets": list(ChangeSet.objects.order_by("pk").values_list("kind", "note", "author_name")),
        "changes": [change_set.changes.count() for change_set in ChangeSet.objects.order_by("pk")],
        "held": [ArticleLock.objects.count(), ReviewSession.objects.count(), Page.objects.count()],
        "may": User.objects.get(username="old-seer").has_perms(
            ["brands.view_changeset", "curation.delete_articlelock"]
        ),
        "audit log": [str(finding) for finding in check().findings],
        "base entries": check().base,
        "all sealed": (seals.seal() or check().sealed) == Change.objects.count(),
        "before": _brands(),
    }
    edited = Change.objects.get(change_set=3).row
    told["history"] = history.of_row("brands_brand", edited).count()
    page = staff.get(f"/admin/history/brand/{edited}/").content.decode()
    told["history page"] = [words in page for words in ("旧版改级别", "old-reviewer", "级别")]
    for number in (4, 3):
        undone = undo(ChangeSet.objects.get(pk=number), author=reviewer)
        told[f"kept of {number}"] = len(undone.kept)
    told["audit log after"] = [str(finding) for finding in check().findings]
    return told | {"after": _brands()}


def _brands() -> list[list[str]]:
    from brands.models import Brand

    return [[row.name, row.level] for row in Brand.objects.order_by("name")]


if __name__ == "__main__":
    django.setup()
    setup_test_environment()
    print(json.dumps(answers(), ensure_ascii=False))
