"""Where programs went that were merged into others: until now only the audit log said so, which no dump has."""

import django.utils.timezone
from django.db import migrations, models

from brands.audit import base_entries, triggers
from brands.vocabulary.choices import PUBLIC_CONFIDENCE


def fill(apps, schema_editor):
    """One for each program whose last change was to be deleted by a merge that stands."""
    alias = schema_editor.connection.alias
    change, program, redirect = (apps.get_model("brands", name) for name in ("Change", "Program", "ProgramRedirect"))
    log = change.objects.using(alias).filter(table="brands_program").order_by("pk")
    there = {str(pk) for pk in program.objects.using(alias).values_list("pk", flat=True)}
    deleted = log.filter(action="-").select_related("change_set")
    last = {one.row: one for one in deleted if one.row not in there}
    rows = []
    for one in last.values():
        if one.change_set is None or one.change_set.kind != "merge":
            continue
        kept = log.filter(change_set=one.change_set_id, action="~").last()
        if kept is not None:
            shown = one.old["review"] == "confirmed" or one.old["confidence"] >= PUBLIC_CONFIDENCE
            rows.append(
                redirect(
                    pk=int(one.row),
                    name=one.old["name"] if shown else "",
                    name_key=one.old["name_key"],
                    region=one.old["place_id"] or "",
                    heir=int(kept.row),
                    since=one.at,
                )
            )
    if rows:
        with triggers.released(alias):
            redirect.objects.using(alias).bulk_create(rows)
            base_entries.write({redirect._meta.db_table: redirect}, change, alias)


class Migration(migrations.Migration):

    dependencies = [
        ('brands', '0028_told_days'),
    ]

    operations = [
        migrations.AlterField(
            model_name='redirect',
            name='since',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='撤下时间'),
        ),
        migrations.CreateModel(
            name='ProgramRedirect',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='名称')),
                ('name_key', models.CharField(blank=True, max_length=200, verbose_name='名称键')),
                ('region', models.CharField(blank=True, max_length=6, verbose_name='所在地')),
                ('heir', models.BigIntegerField(verbose_name='并入')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='撤下时间')),
            ],
            options={
                'verbose_name': '旧地址',
                'verbose_name_plural': '旧地址',
                'ordering': ('-since', '-pk'),
                'indexes': [models.Index(fields=['name_key'], name='program_redirect_name')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
