"""The ledger of changes, batches, and proposals."""

import brands.models.audit
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from brands.audit.triggers import release


def drop_triggers(apps, schema_editor):
    """They write to the tables that go. `brands.audit.triggers.follow` makes them after every migrate."""
    release(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('brands', '0006_counted_cards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CurrentBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(null=True)),
            ],
            options={
                'verbose_name': '当前批次',
                'verbose_name_plural': '当前批次',
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ingest', '入库'), ('regions', '更新地区表'), ('edit', '编辑'), ('bulk', '批量修改'), ('import', '导入'), ('merge', '合并'), ('review', '审核'), ('undo', '撤销')], max_length=10, verbose_name='种类')),
                ('author_name', models.CharField(blank=True, max_length=150, verbose_name='操作人姓名')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to=settings.AUTH_USER_MODEL, verbose_name='操作人')),
                ('undoes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='brands.batch', verbose_name='撤销的批次')),
            ],
            options={
                'verbose_name': '批次',
                'verbose_name_plural': '批次',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=40, verbose_name='表')),
                ('row', models.CharField(max_length=40, verbose_name='行')),
                ('action', models.CharField(choices=[('+', '新增'), ('~', '修改'), ('-', '删除')], max_length=1, verbose_name='操作')),
                ('old', models.JSONField(decoder=brands.models.audit.ExactDecoder, null=True, verbose_name='原值')),
                ('new', models.JSONField(decoder=brands.models.audit.ExactDecoder, null=True, verbose_name='新值')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('batch', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='brands.batch', verbose_name='批次')),
            ],
            options={
                'verbose_name': '变更',
                'verbose_name_plural': '变更',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=30, verbose_name='字段')),
                ('value', models.JSONField(null=True, verbose_name='建议值')),
                ('value_key', models.CharField(editable=False, max_length=200)),
                ('why', models.CharField(blank=True, max_length=500, verbose_name='理由')),
                ('start', models.PositiveIntegerField(blank=True, null=True, verbose_name='起')),
                ('end', models.PositiveIntegerField(blank=True, null=True, verbose_name='止')),
                ('context_start', models.PositiveIntegerField(blank=True, null=True, verbose_name='句首')),
                ('context_end', models.PositiveIntegerField(blank=True, null=True, verbose_name='句末')),
                ('rule', models.CharField(blank=True, max_length=60, verbose_name='规则')),
                ('version', models.CharField(blank=True, max_length=40, verbose_name='抽取版本')),
                ('confidence', models.FloatField(default=1.0, verbose_name='可信度')),
                ('state', models.CharField(choices=[('open', '待定'), ('accepted', '已采纳'), ('declined', '未采纳')], default='open', max_length=10, verbose_name='状态')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='审核时间')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='提出时间')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='brands.article', verbose_name='报道')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人')),
                ('brand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='brands.brand', verbose_name='劳务品牌')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                ('program', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='brands.program', verbose_name='政策与活动')),
                ('statistic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='brands.statistic', verbose_name='数据')),
            ],
            options={
                'verbose_name': '建议',
                'verbose_name_plural': '建议',
                'ordering': ('state', '-created_at', '-pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['ingest', 'regions', 'edit', 'bulk', 'import', 'merge', 'review', 'undo'])), name='batch_kind_known'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['table', 'row', 'id'], name='change_of_row'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['batch', 'id'], name='change_of_batch'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['state', '-created_at', '-id'], name='proposal_waiting'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('brand__isnull', False), ('program__isnull', True), ('statistic__isnull', True)), models.Q(('brand__isnull', True), ('program__isnull', False), ('statistic__isnull', True)), models.Q(('brand__isnull', True), ('program__isnull', True), ('statistic__isnull', False)), _connector='OR'), name='proposal_of_one_fact'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'declined'])), name='proposal_state_known'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__gte', 0), ('confidence__lte', 1)), name='proposal_confidence_0_1'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('brand__isnull', False)), fields=('brand', 'field', 'value_key'), name='proposal_brand_once'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('program__isnull', False)), fields=('program', 'field', 'value_key'), name='proposal_program_once'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('statistic__isnull', False)), fields=('statistic', 'field', 'value_key'), name='proposal_statistic_once'),
        ),
        migrations.RunPython(migrations.RunPython.noop, drop_triggers),
    ]
