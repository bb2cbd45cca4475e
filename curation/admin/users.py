"""Accounts of the staff. A role is given here, and giving one lets the account into the admin."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.admin.bases import DeclaredLookups
from curation.admin.account_form import AccountForm
from curation.pages import staff_user
from curation.roles import ROLES, settle

if TYPE_CHECKING:
    RolesField = forms.ModelMultipleChoiceField[Group]
    AccountsAdmin = UserAdmin[User]
else:
    RolesField = forms.ModelMultipleChoiceField
    AccountsAdmin = UserAdmin

# So soon after the first click another one on the same button is no second wish.
DOUBLE_CLICK = timedelta(seconds=30)

admin.site.unregister(User)
admin.site.unregister(Group)


class RoleChoice(RolesField):
    """Groups as people call them, with what each may do."""

    def label_from_instance(self, obj: Group) -> str:
        role = ROLES.get(obj.name)
        return f"{role.label}{gettext('（')}{role.summary}{gettext('）')}" if role else obj.name


@admin.register(User)
class AccountAdmin(DeclaredLookups, AccountsAdmin):
    """Who is staff follows from the roles. Nobody but a superuser makes superusers or touches them, or a new password
    for one would be a way up. Accounts are switched off, not deleted: change sets name them."""

    actions = None
    form = AccountForm
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active", "opened")}),
        (
            _("角色"),
            {"fields": ("groups",), "description": _("有角色的账号才能登录后台；停用账号或换密码，当即退出登录。")},
        ),
        (_("本人"), {"fields": ("last_name", "first_name", "email")}),
        (_("时间"), {"fields": ("last_login", "date_joined")}),
    )
    filter_horizontal = ()
    list_display = ("username", "last_name", "first_name", "roles", "is_active", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    readonly_fields = ("last_login", "date_joined")

    class Media:
        css = {"all": ("curation/accounts.css",)}

    @admin.display(description=_("角色"))
    def roles(self, row: User) -> str:
        names = [group.name for group in row.groups.all()]
        labels = [str(ROLES[name].label) if name in ROLES else name for name in names]
        return gettext("、").join([gettext("超级用户")] * row.is_superuser + labels) or "—"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        return (
            *fieldsets,
            (_("超级用户"), {"fields": ("is_superuser",), "description": _("可做一切，不受角色限制。")}),
        )

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **options)
        return RoleChoice(
            Group.objects.order_by("pk"), label=_("角色"), required=False, widget=forms.CheckboxSelectMultiple
        )

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        reserved = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not reserved and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def add_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """A second click finds the account that the first one made."""
        with transaction.atomic():
            if request.method == "POST":
                User.objects.select_for_update().get(pk=staff_user(request).pk)  # one after the other
                if (made := self._just_made(request)) is not None:
                    return HttpResponseRedirect(reverse("admin:auth_user_change", args=[made.pk]))
            return super().add_view(request, *args, **options)

    def _just_made(self, request: HttpRequest) -> User | None:
        """The account of the name that is sent, where this user made it a moment ago."""
        since = timezone.now() - DOUBLE_CLICK
        made = User.objects.filter(username=request.POST.get("username", ""), date_joined__gt=since).first()
        log = LogEntry.objects.filter(user=request.user.pk, action_flag=ADDITION)
        kind = ContentType.objects.get_for_model(User)
        is_own = made is not None and log.filter(content_type=kind, object_id=str(made.pk)).exists()
        return made if is_own and self.has_change_permission(request, made) else None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        settle(form.instance)


@admin.register(Group)
class RoleAdmin(DeclaredLookups, GroupAdmin):
    """The four roles are what curation/roles.py says; groups of other names are the site's own."""

    actions = None
    readonly_fields = ("called", "may")

    def get_fields(self, request: HttpRequest, obj: Group | None = None) -> tuple[str, ...]:
        """Of a role what it may in words: its permissions are many, and called as programs call them."""
        return ("name", "permissions") if _own(obj) else ("called", "may")

    @admin.display(description=_("角色"))
    def called(self, group: Group) -> str:
        return str(ROLES[group.name].label)

    @admin.display(description=_("权限"))
    def may(self, group: Group) -> str:
        return str(ROLES[group.name].summary)

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return _own(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return _own(obj) and super().has_delete_permission(request, obj)


def _own(group: Group | None) -> bool:
    return group is None or group.name not in ROLES
