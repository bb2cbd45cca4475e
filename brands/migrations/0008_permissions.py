"""What staff may do beyond looking."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('brands', '0007_ledger'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='batch',
            options={'ordering': ('-pk',), 'permissions': (('propose_facts', '提出修改建议'), ('review_facts', '审核事实与建议'), ('ingest_pages', '导入报道'), ('merge_facts', '合并与拆分重复记录'), ('change_in_bulk', '批量修改'), ('import_facts', '导入数据表'), ('export_facts', '导出数据表'), ('undo_batches', '撤销自己的批次'), ('undo_any_batch', '撤销任何人的批次')), 'verbose_name': '批次', 'verbose_name_plural': '批次'},
        ),
    ]
