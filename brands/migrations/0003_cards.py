"""Cards, their counts, and the version of the data."""

from django.db import migrations, models

from brands.data_version import unwatch


def compare_bytes(apps, schema_editor):
    """Lists are in the same order on every database, and a beginning of keys is a range of the index."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute('ALTER TABLE brands_card ALTER pinyin TYPE varchar(400) COLLATE "C"')
        schema_editor.execute('ALTER TABLE brands_cardlink ALTER value TYPE varchar(60) COLLATE "C"')
        schema_editor.execute('ALTER TABLE brands_tally ALTER key TYPE varchar(140) COLLATE "C"')


def drop_triggers(apps, schema_editor):
    """They write to the table that goes. `brands.data_version.watch` makes them after every migrate."""
    unwatch(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('brands', '0002_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataVersion',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('word', models.CharField(max_length=40)),
            ],
            options={
                'verbose_name': '数据版本',
                'verbose_name_plural': '数据版本',
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('key', models.CharField(max_length=140, primary_key=True, serialize=False)),
                ('count', models.IntegerField()),
            ],
            options={
                'verbose_name': '品牌计数',
                'verbose_name_plural': '品牌计数',
            },
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('pinyin', models.CharField(max_length=400, verbose_name='拼音')),
                ('place', models.CharField(max_length=120, verbose_name='所在地')),
                ('province', models.CharField(max_length=6)),
                ('prefecture', models.CharField(max_length=6)),
                ('adcode', models.CharField(max_length=6)),
                ('industry', models.CharField(max_length=20, verbose_name='行业')),
                ('category', models.CharField(max_length=20, verbose_name='类型')),
                ('level', models.CharField(max_length=12, verbose_name='级别')),
                ('series', models.BigIntegerField(null=True, verbose_name='所属系列')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='认定年份')),
                ('batch', models.CharField(max_length=60, verbose_name='认定批次')),
                ('review', models.CharField(max_length=10, verbose_name='审核')),
                ('headcount', models.BigIntegerField(verbose_name='就业人数')),
                ('income', models.BigIntegerField(null=True, verbose_name='人均月收入')),
                ('as_of_year', models.PositiveSmallIntegerField(null=True, verbose_name='数据年份')),
                ('metric', models.CharField(max_length=20, verbose_name='指标')),
                ('value', models.DecimalField(decimal_places=4, max_digits=24, null=True, verbose_name='数值')),
                ('value_max', models.DecimalField(decimal_places=4, max_digits=24, null=True, verbose_name='上限')),
                ('qualifier', models.CharField(max_length=8, verbose_name='限定')),
                ('unit', models.CharField(max_length=20, verbose_name='单位')),
                ('newest_report', models.CharField(max_length=10, verbose_name='最新报道')),
                ('articles', models.PositiveIntegerField(verbose_name='报道数')),
            ],
            options={
                'verbose_name': '品牌卡片',
                'verbose_name_plural': '品牌卡片',
                'indexes': [models.Index(fields=['pinyin', 'id'], name='card_by_pinyin'), models.Index(fields=['-newest_report', 'pinyin', 'id'], name='card_by_newest'), models.Index(fields=['-headcount', 'pinyin', 'id'], name='card_by_headcount'), models.Index(fields=['-articles', 'pinyin', 'id'], name='card_by_reports'), models.Index(fields=['province', 'pinyin', 'id'], name='card_of_province'), models.Index(fields=['prefecture', 'pinyin', 'id'], name='card_of_prefecture'), models.Index(fields=['adcode', 'pinyin', 'id'], name='card_of_county'), models.Index(fields=['industry', 'pinyin', 'id'], name='card_of_industry'), models.Index(fields=['province', 'industry', 'pinyin', 'id'], name='card_of_province_industry'), models.Index(fields=['category', 'pinyin', 'id'], name='card_of_category'), models.Index(fields=['level', 'pinyin', 'id'], name='card_of_level'), models.Index(fields=['series', 'pinyin', 'id'], name='card_of_series'), models.Index(fields=['year', 'pinyin', 'id'], name='card_of_year'), models.Index(fields=['batch', 'pinyin', 'id'], name='card_of_batch')],
            },
        ),
        migrations.CreateModel(
            name='CardLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('card', models.BigIntegerField()),
                ('facet', models.CharField(max_length=10)),
                ('value', models.CharField(max_length=60)),
            ],
            options={
                'verbose_name': '品牌卡片的关联',
                'verbose_name_plural': '品牌卡片的关联',
                'indexes': [models.Index(fields=['facet', 'value', 'card'], name='card_link_value')],
                'constraints': [models.UniqueConstraint(fields=('card', 'facet', 'value'), name='card_link_once')],
            },
        ),
        migrations.RunPython(compare_bytes, migrations.RunPython.noop),
        migrations.RunPython(migrations.RunPython.noop, drop_triggers),
    ]
