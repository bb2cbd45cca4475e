"""What belongs to a change set says so; the columns keep their older name, so that no database is touched."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("curation", "0008_more_refusals"),
        ("brands", "0014_change_set_names"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField("job", "batch", "change_set"),
                migrations.AlterField(
                    "job",
                    "change_set",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        db_column="batch_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to="brands.changeset",
                        verbose_name="批次",
                    ),
                ),
                migrations.RenameField("reviewsession", "batch", "change_set"),
                migrations.AlterField(
                    "reviewsession",
                    "change_set",
                    models.OneToOneField(
                        db_column="batch_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sitting",
                        to="brands.changeset",
                        verbose_name="批次",
                    ),
                ),
                migrations.RenameField("import", "batch", "change_set"),
                migrations.AlterField(
                    "import",
                    "change_set",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        db_column="batch_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported_file",
                        to="brands.changeset",
                        verbose_name="批次",
                    ),
                ),
            ]
        ),
    ]
