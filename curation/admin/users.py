"""Accounts of the staff. A role is given here, and giving one lets the account into the admin."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brands.admin.bases import DeclaredLookups
from curation.roles import ROLES, settle

if TYPE_CHECKING:
    RolesField = forms.ModelMultipleChoiceField[Group]
    AccountsAdmin = UserAdmin[User]
else:
    RolesField = forms.ModelMultipleChoiceField
    AccountsAdmin = UserAdmin

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
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
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
