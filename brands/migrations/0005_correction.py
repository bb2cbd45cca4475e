"""Readers' reports, and the addresses of brands that are gone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('brands', '0004_synonym'),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(blank=True, editable=False, max_length=60, verbose_name='对象')),
                ('label', models.CharField(editable=False, max_length=400, verbose_name='关于')),
                ('shown', models.CharField(blank=True, editable=False, max_length=400, verbose_name='当时显示')),
                ('wrong', models.TextField(max_length=1000, verbose_name='哪里不对')),
                ('right', models.TextField(blank=True, max_length=1000, verbose_name='应该是什么')),
                ('seen_at', models.CharField(blank=True, max_length=500, verbose_name='依据（网址或报纸）')),
                ('contact', models.CharField(blank=True, max_length=200, verbose_name='联系方式')),
                ('sender', models.CharField(blank=True, editable=False, max_length=32)),
                ('done', models.BooleanField(default=False, verbose_name='已处理')),
                ('note', models.TextField(blank=True, verbose_name='处理说明')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='收到时间')),
            ],
            options={
                'verbose_name': '纠错',
                'verbose_name_plural': '纠错',
                'ordering': ('done', '-created_at', '-pk'),
                'indexes': [models.Index(fields=['done', '-created_at', '-id'], name='correction_open'), models.Index(fields=['created_at', 'sender'], name='correction_of_a_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('wrong', ''), _negated=True), name='correction_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Forwarding',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('name_key', models.CharField(max_length=60, verbose_name='名称键')),
                ('region', models.CharField(blank=True, max_length=6, verbose_name='所在地')),
                ('reason', models.CharField(choices=[('merged', '并入另一个品牌'), ('unfounded', '不再有报道证实'), ('withdrawn', '编辑核对后撤下')], max_length=10, verbose_name='原因')),
                ('heir', models.BigIntegerField(blank=True, null=True, verbose_name='并入')),
                ('since', models.DateTimeField(auto_now_add=True, verbose_name='撤下时间')),
            ],
            options={
                'verbose_name': '旧地址',
                'verbose_name_plural': '旧地址',
                'ordering': ('-since', '-pk'),
                'indexes': [models.Index(fields=['name_key', 'region'], name='forwarding_name_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['merged', 'unfounded', 'withdrawn'])), name='forwarding_reason_known'), models.CheckConstraint(condition=models.Q(models.Q(('heir__isnull', False), ('reason', 'merged')), models.Q(models.Q(('reason', 'merged'), _negated=True), ('heir__isnull', True)), _connector='OR'), name='forwarding_heir_of_merged')],
            },
        ),
    ]
