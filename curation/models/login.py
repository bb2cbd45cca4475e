"""What django-axes writes down of logins, under names of our own: who manages accounts reads it in the admin."""

from axes.models import AccessAttempt, AccessLog
from django.utils.translation import gettext_lazy as _


class LoginFailure(AccessAttempt):  # type: ignore[misc]
    """Wrong passwords for one name, from one address and browser, that are not forgotten yet."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("登录失败")
        verbose_name_plural = _("登录失败")


class Login(AccessLog):  # type: ignore[misc]
    """One login, and when it ended."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("登录记录")
        verbose_name_plural = _("登录记录")
