"""What belongs to a change set says so; the columns keep their older name, so that no database is touched."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("brands", "0013_qualifier_at_most"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex("change", "change_of_batch"),
                migrations.RenameField("change", "batch", "change_set"),
                migrations.AlterField(
                    "change",
                    "change_set",
                    models.ForeignKey(
                        db_column="batch_id",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="brands.changeset",
                        verbose_name="批次",
                    ),
                ),
                migrations.AddIndex("change", models.Index(fields=["change_set", "id"], name="change_of_batch")),
                migrations.AlterField(
                    "changeset",
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_sets",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="操作人",
                    ),
                ),
            ]
        ),
    ]
