"""The figures of cards are called so: what stands is a standing rule."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("brands", "0026_seal"),
    ]

    operations = [
        migrations.RenameModel("StandingFigure", "CardFigure"),
        *(
            migrations.RenameIndex("cardfigure", f"card_figure_{what}", old_name=f"standing_figure_{what}")
            for what in ("of_division", "newest", "of_trade")
        ),
        migrations.RemoveConstraint("cardfigure", "standing_figure_once"),
        migrations.AddConstraint(
            "cardfigure", models.UniqueConstraint(fields=("card", "metric", "unit"), name="card_figure_once")
        ),
    ]
