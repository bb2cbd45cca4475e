"""The chain of hashes over the audit log, base entries of rows that are older than the log, and the mark from which on
every entry must fit the one before it."""

from django.db import migrations, models
from django.utils import timezone

from brands.audit import base_entries, triggers
from brands.audit.seals import BEGINNING


def begin(apps, schema_editor):
    """Earlier versions wrote no entry for rows that were there before the log, nor, on SQLite, for what a migration
    changed after altering a table."""
    connection = schema_editor.connection
    tables = triggers.followed()  # those of today; the later ones are not there yet
    there = apps.get_app_config("brands").get_models(include_auto_created=True)
    followed = {model._meta.db_table: model for model in there if model._meta.db_table in tables}
    base_entries.write(followed, apps.get_model("brands", "Change"), connection.alias)
    changes = apps.get_model("brands", "Change").objects.using(connection.alias).order_by("-pk")
    last = changes.values_list("pk", flat=True).first() or 0
    seals = apps.get_model("brands", "Seal").objects.using(connection.alias)
    seals.create(last=last, count=0, digest=BEGINNING, marks=b"", at=timezone.now())


def release(apps, schema_editor):
    """The release before makes its own triggers after its `migrate`."""
    triggers.release(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('brands', '0025_standing_figures'),
    ]

    operations = [
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last', models.BigIntegerField(verbose_name='最后一条改动')),
                ('count', models.PositiveIntegerField(verbose_name='条数')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('marks', models.BinaryField(verbose_name='各条摘要')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '封条',
                'verbose_name_plural': '封条',
                'ordering': ('pk',),
                'default_permissions': (),
            },
        ),
        migrations.AlterField(
            model_name='change',
            name='action',
            field=models.CharField(choices=[('+', '新增'), ('~', '修改'), ('-', '删除'), ('=', '记录开始时的内容')], max_length=1, verbose_name='操作'),
        ),
        migrations.RunPython(begin, release),
    ]
