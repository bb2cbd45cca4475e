"""Models get the field's standard names; their tables keep the old ones, which the audit log stores."""

from django.db import migrations

RENAMED = {'claim': 'articlelock', 'sitting': 'reviewsession', 'double': 'duplicatepair', 'doublesearch': 'duplicatesearch'}
ACTIONS = ("add", "change", "delete", "view")


def _rename_permissions(apps, names):
    """Give Django's own permissions the new names, so that who has one keeps it."""
    Permission = apps.get_model("auth", "Permission")
    for before, after in names:
        for action in ACTIONS:
            held = Permission.objects.filter(content_type__app_label="curation", codename=f"{action}_{before}")
            held.update(codename=f"{action}_{after}")


def forwards(apps, schema_editor):
    _rename_permissions(apps, RENAMED.items())


def backwards(apps, schema_editor):
    _rename_permissions(apps, [(after, before) for before, after in RENAMED.items()])


class Migration(migrations.Migration):

    dependencies = [
        ("curation", "0006_reextraction"),
        ("brands", "0010_standard_names"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AlterModelTable("Claim", "curation_claim"),
        migrations.RenameModel("Claim", "ArticleLock"),
        migrations.AlterModelTable("Sitting", "curation_sitting"),
        migrations.RenameModel("Sitting", "ReviewSession"),
        migrations.AlterModelTable("Double", "curation_double"),
        migrations.RenameModel("Double", "DuplicatePair"),
        migrations.AlterModelTable("DoubleSearch", "curation_doublesearch"),
        migrations.RenameModel("DoubleSearch", "DuplicateSearch"),
        migrations.RunPython(forwards, backwards),
    ]
