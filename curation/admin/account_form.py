"""The form of an account: what somebody else changed meanwhile is not written over unseen, and somebody who manages
accounts is always left."""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

# The right to manage accounts.
MANAGES = {"codename": "change_user", "content_type__app_label": "auth"}

if TYPE_CHECKING:
    AccountChangeForm = UserChangeForm[User]
else:
    AccountChangeForm = UserChangeForm


class AccountForm(AccountChangeForm):
    """`opened` is what the account was when the form was made; a form without it is not held against it."""

    opened = forms.CharField(required=False, max_length=64, label="", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["opened"] = fingerprint(self.instance)
        self.fields["opened"].has_changed = lambda initial, data: False  # type: ignore[method-assign]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        stands = self._lock()
        now = fingerprint(stands)
        if said.get("opened") not in {"", None, now}:
            self._refuse_stale(stands, now)
        elif not self.errors and not _manages(said, stands) and not _managers().exclude(pk=stands.pk).exists():
            self.add_error(
                "groups" if "groups" in self.fields else None,
                gettext("这是最后一个能管理账号的账号，不能停用，也不能去掉它的角色；请先让别人当管理员。"),
            )
        return said

    def _lock(self) -> User:
        """The account as it stands. All of the staff are locked with it, in order: two managers who take each other's
        role at the same time would leave none."""
        accounts = User.objects.select_for_update().filter(Q(is_staff=True) | Q(pk=self.instance.pk)).order_by("pk")
        return {account.pk: account for account in accounts}[self.instance.pk]

    def _refuse_stale(self, stands: User, now: str) -> None:
        """Say what the account is now, beside what was typed; sent once more, the form is on what stands."""
        self.data = MultiValueDict({**dict(self.data.lists()), self.add_prefix("opened"): [now]})  # type: ignore[attr-defined]
        roles = gettext("、").join(group.name for group in stands.groups.order_by("pk")) or "—"
        told = gettext("您打开之后有人改过这个账号。现在是：用户名 %(name)s，%(state)s，角色 %(roles)s。")
        state = gettext("启用") if stands.is_active else gettext("停用")
        self.add_error(None, told % {"name": stands.username, "state": state, "roles": roles})
        self.add_error(None, gettext("您填的都留着，核对之后再保存一次。"))


def fingerprint(user: User) -> str:
    """Equal as long as nothing of the account was changed that its form has; a log-in is no change."""
    groups = list(Group.objects.filter(user=user.pk).order_by("pk").values_list("pk", flat=True))
    names = (user.username, user.last_name, user.first_name, user.email)
    told = (*names, user.is_active, user.is_superuser, user.password, groups)
    return sha256(repr(told).encode()).hexdigest()[:32]


def _managers() -> "QuerySet[User]":
    """The accounts that may manage accounts."""
    may = Q(is_superuser=True) | Q(
        is_staff=True, groups__in=Group.objects.filter(permissions__in=Permission.objects.filter(**MANAGES))
    )
    return User.objects.filter(may, is_active=True)


def _manages(said: dict[str, Any], stands: User) -> bool:
    """Whether the account may manage accounts once the form is saved."""
    groups = [group.pk for group in said.get("groups", stands.groups.all())]
    may = said.get("is_superuser", stands.is_superuser) or Group.objects.filter(
        pk__in=groups, permissions__in=Permission.objects.filter(**MANAGES)
    )
    return bool(said.get("is_active", stands.is_active)) and bool(may)
