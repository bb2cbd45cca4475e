"""Logins that failed and that didn't, for who manages accounts; a door that is shut is opened here."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from brands.admin.bases import ReadOnlyAdmin
from curation.models.login import Login, LoginFailure


class LoginAdmin(ReadOnlyAdmin):
    """Rows that show where colleagues were: for who manages accounts alone."""

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("auth.change_user")

    @admin.display(description=_("账号"), ordering="username")
    def name(self, row: Any) -> str:
        return row.username or "—"

    @admin.display(description=_("网络地址"), ordering="ip_address")
    def address(self, row: Any) -> str:
        return row.ip_address or "—"

    @admin.display(description=_("时间"), ordering="attempt_time")
    def at(self, row: Any) -> Any:
        return row.attempt_time

    @admin.display(description=_("浏览器"))
    def browser(self, row: Any) -> str:
        return str(row.user_agent)


@admin.register(LoginFailure)
class LoginFailureAdmin(LoginAdmin):
    actions = ("unlock",)
    fields = readonly_fields = ("name", "address", "at", "failures", "shut", "browser")
    list_display = ("name", "address", "at", "failures", "shut")
    search_fields = ("username__contains", "ip_address__startswith")

    @admin.display(description=_("次数"), ordering="failures_since_start")
    def failures(self, row: Any) -> int:
        return int(row.failures_since_start)

    @admin.display(description=_("已锁定"), boolean=True)
    def shut(self, row: Any) -> bool:
        return bool(row.failures_since_start >= settings.AXES_FAILURE_LIMIT)

    @admin.action(description=_("解除锁定"), permissions=["view"])
    def unlock(self, request: HttpRequest, queryset: QuerySet[LoginFailure]) -> None:
        count, _kinds = queryset.delete()
        said = ngettext("已解除 %(count)d 条。", "已解除 %(count)d 条。", count) % {"count": count}
        self.message_user(request, said, messages.SUCCESS)


@admin.register(Login)
class LoginLogAdmin(LoginAdmin):
    fields = readonly_fields = ("name", "address", "at", "until", "browser")
    list_display = ("name", "address", "at", "until")
    search_fields = ("username__contains", "ip_address__startswith")

    @admin.display(description=_("退出时间"), ordering="logout_time")
    def until(self, row: Any) -> Any:
        return row.logout_time
