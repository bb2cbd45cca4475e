"""The roles of the staff."""

from django.db import migrations


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("brands", "0008_permissions"),
    ]

    operations = []
