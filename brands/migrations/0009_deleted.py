"""An index of what is gone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('brands', '0008_permissions'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='change',
            index=models.Index(condition=models.Q(('action', '-')), fields=['table', 'id'], name='change_deleted'),
        ),
    ]
