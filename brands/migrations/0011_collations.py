"""The collation that migrations 0002 and 0003 gave some columns on PostgreSQL belongs to their fields from here on: what
alters a field later keeps it. The columns themselves are as they should be, so that no database is touched."""

from django.db import migrations

from brands.models.collation import BytewiseCharField


class Migration(migrations.Migration):

    dependencies = [
        ("brands", "0010_standard_names"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("card", "pinyin", BytewiseCharField(max_length=400, verbose_name="拼音")),
                migrations.AlterField("cardlink", "value", BytewiseCharField(max_length=60)),
                migrations.AlterField("tally", "key", BytewiseCharField(max_length=140, primary_key=True, serialize=False)),
                migrations.AlterField("searchdocument", "key", BytewiseCharField(max_length=300)),
                migrations.AlterField("searchdocument", "sort", BytewiseCharField(blank=True, max_length=400)),
            ]
        ),
    ]
