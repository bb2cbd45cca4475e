"""Models get the field's standard names; their tables keep the old ones, which the audit log stores."""

from django.db import migrations

RENAMED = {'batch': 'changeset', 'currentbatch': 'currentchangeset', 'forwarding': 'redirect'}
ACTIONS = ("add", "change", "delete", "view")


def _rename_permissions(apps, names):
    """Give Django's own permissions the new names, so that who has one keeps it."""
    Permission = apps.get_model("auth", "Permission")
    for before, after in names:
        for action in ACTIONS:
            held = Permission.objects.filter(content_type__app_label="brands", codename=f"{action}_{before}")
            held.update(codename=f"{action}_{after}")


def forwards(apps, schema_editor):
    _rename_permissions(apps, RENAMED.items())


def backwards(apps, schema_editor):
    _rename_permissions(apps, [(after, before) for before, after in RENAMED.items()])


class Migration(migrations.Migration):

    dependencies = [
        ("brands", "0009_deleted"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AlterModelTable("Batch", "brands_batch"),
        migrations.RenameModel("Batch", "ChangeSet"),
        migrations.AlterModelTable("CurrentBatch", "brands_currentbatch"),
        migrations.RenameModel("CurrentBatch", "CurrentChangeSet"),
        migrations.AlterModelTable("Forwarding", "brands_forwarding"),
        migrations.RenameModel("Forwarding", "Redirect"),
        migrations.RunPython(forwards, backwards),
    ]
