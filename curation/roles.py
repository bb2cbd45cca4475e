"""Roles of the staff: one table says who may do what, and groups of Django are made from it.

The table decides: after each `migrate` the four groups have the permissions that stand here, no others. Whoever needs
another mixture makes a group of another name, which is left alone. An account with a role is staff, and one without is
not, see :func:`settle`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.apps import apps as present_apps
from django.apps.registry import Apps
from django.contrib.auth.models import Group, User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brands.audit.four_eyes import may_review, own_among

__all__ = ["ROLES", "Role", "assign", "establish", "may_review", "own_among", "settle"]


@dataclass(frozen=True, slots=True)
class Role:
    """`label` is what people call it, `permissions` are patterns of `app.codename`."""

    label: Promise
    summary: Promise
    permissions: tuple[str, ...]


VIEWS = ("brands.view_*", "curation.view_*", "brands.export_facts")

PROPOSES = ("brands.propose_facts", "brands.ingest_pages", "brands.change_correction", "brands.add_standingrule")

PUBLISHES = (
    "brands.review_facts",
    "brands.merge_facts",
    "brands.change_in_bulk",
    "brands.import_facts",
    "brands.undo_batches",
    "brands.change_article",
    "brands.change_standingrule",
    *(f"brands.{action}_{model}" for action in ("add", "change") for model in ("brand", "program", "statistic")),
    *(
        f"brands.{action}_{model}"
        for action in ("add", "change", "delete")
        for model in ("brandalias", "branddetail", "synonym")
    ),
)

MANAGES = (
    "brands.undo_any_batch",
    "curation.*",
    "auth.view_group",
    "auth.view_user",
    "auth.add_user",
    "auth.change_user",
)

# Each role by the name of its group, the one that may the least first; each next one may what those before it may.
ROLES: Mapping[str, Role] = {
    "viewer": Role(_("查看员"), _("查看和导出全部资料，什么也不改"), VIEWS),
    "editor": Role(pgettext_lazy("role", "编辑"), _("另可导入报道、提出修改建议、处理读者纠错"), (*VIEWS, *PROPOSES)),
    "reviewer": Role(
        _("审核员"),
        _("另可审核、修改、合并、批量处理和导入，撤销自己的批次"),
        (*VIEWS, *PROPOSES, *PUBLISHES),
    ),
    "admin": Role(
        _("管理员"),
        _("另可管理账号、解除登录锁定、撤销任何人的批次"),
        (*VIEWS, *PROPOSES, *PUBLISHES, *MANAGES),
    ),
}


def establish(*, using: str = "default", apps: Apps = present_apps, **_signal: object) -> None:
    """Make the groups, and give each the permissions of the table that are there. Called after every `migrate`."""
    try:
        groups = apps.get_model("auth", "Group")._default_manager.using(using)
        permissions = apps.get_model("auth", "Permission")._default_manager.using(using)
    except LookupError:  # while the tables of accounts are taken away
        return
    found = permissions.filter(content_type__app_label__in=_apps_named())
    known = {f"{app}.{code}": key for key, app, code in found.values_list("pk", "content_type__app_label", "codename")}
    for name, role in ROLES.items():
        group, _created = groups.get_or_create(name=name)
        group.permissions.set(key for code, key in known.items() if _matches(code, role.permissions))


def _apps_named() -> set[str]:
    return {pattern.partition(".")[0] for role in ROLES.values() for pattern in role.permissions}


def _matches(code: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(code, pattern) for pattern in patterns)


def assign(user: User, name: str) -> None:
    """Give the user this role instead of any other, and let them into the admin."""
    user.groups.remove(*user.groups.filter(name__in=ROLES))
    user.groups.add(Group.objects.get(name=name))
    settle(user)


def settle(user: User) -> None:
    """Who has a group or is a superuser is staff, nobody else; to be called after the groups of an account changed."""
    staff = user.is_superuser or user.groups.exists()
    if user.is_staff != staff:
        user.is_staff = staff
        user.save(update_fields=["is_staff"])
