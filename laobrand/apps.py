"""The admin, with the site's own choices in it."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    default_site = "laobrand.admin_site.StaffSite"
