from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("brands", "0022_correction_outcome")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="hand_set",
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name="人工改动的字段"),
        ),
    ]
