"""The roles of the staff."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

from curation.roles import establish


def make_roles(apps, schema_editor):
    """Permissions come after all migrations otherwise; roles without any would be of no use until then."""
    using = schema_editor.connection.alias
    for label in ("auth", "brands"):
        config = apps.get_app_config(label)
        config.models_module = True  # what tells create_permissions that the application has models
        create_permissions(config, apps=apps, verbosity=0, using=using)
    establish(apps=apps, using=using)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("axes", "0010_accessattemptexpiration"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("brands", "0008_permissions"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Login",
            fields=[],
            options={
                "verbose_name": "登录记录",
                "verbose_name_plural": "登录记录",
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("axes.accesslog",),
        ),
        migrations.CreateModel(
            name="LoginFailure",
            fields=[],
            options={
                "verbose_name": "登录失败",
                "verbose_name_plural": "登录失败",
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("axes.accessattempt",),
        ),
        migrations.RunPython(make_roles, migrations.RunPython.noop)  # the way back keeps who has which role,
    ]
