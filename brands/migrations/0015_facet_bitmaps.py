"""Facets are counted by bitmaps in memory: the table of counts goes, and the indexes that cards were counted by."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('brands', '0014_change_set_names'),
    ]

    operations = [
        migrations.DeleteModel(
            name='Tally',
        ),
        migrations.RemoveIndex(
            model_name='card',
            name='card_counted_industry',
        ),
        migrations.RemoveIndex(
            model_name='card',
            name='card_counted_province',
        ),
        migrations.RemoveIndex(
            model_name='card',
            name='card_counted_level',
        ),
    ]
