"""Pairs that may be the same, and those that people said are two."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KIND = models.CharField(choices=[("brand", "劳务品牌"), ("program", "政策与活动")], max_length=10, verbose_name="种类")


def of_two(name):
    return [
        models.CheckConstraint(condition=models.Q(("kind__in", ["brand", "program"])), name=f"{name}_kind_known"),
        models.CheckConstraint(condition=models.Q(("first__lt", models.F("second"))), name=f"{name}_in_order"),
        models.UniqueConstraint(fields=("kind", "first", "second"), name=f"{name}_once"),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ("curation", "0002_jobs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Double",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", KIND.clone()),
                ("first", models.BigIntegerField()),
                ("second", models.BigIntegerField()),
                ("score", models.FloatField(verbose_name="把握")),
                ("reasons", models.JSONField(default=list, verbose_name="理由")),
            ],
            options={
                "verbose_name": "疑似重复",
                "verbose_name_plural": "疑似重复",
                "ordering": ("-score", "first", "second"),
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["kind", "-score", "first", "second"], name="double_surest"),
                    models.Index(fields=["kind", "second"], name="double_second"),
                ],
                "constraints": of_two("double"),
            },
        ),
        migrations.CreateModel(
            name="Distinct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", KIND.clone()),
                ("first", models.BigIntegerField()),
                ("second", models.BigIntegerField()),
                ("why", models.CharField(blank=True, max_length=500, verbose_name="理由")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="判定时间")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="判定人",
                    ),
                ),
            ],
            options={
                "verbose_name": "不是重复",
                "verbose_name_plural": "不是重复",
                "ordering": ("-created_at", "-pk"),
                "default_permissions": (),
                "constraints": of_two("distinct"),
            },
        ),
        migrations.CreateModel(
            name="DoubleSearch",
            fields=[
                (
                    "kind",
                    models.CharField(
                        choices=[("brand", "劳务品牌"), ("program", "政策与活动")],
                        max_length=10,
                        primary_key=True,
                        serialize=False,
                        verbose_name="种类",
                    ),
                ),
                ("done_at", models.DateTimeField(verbose_name="查找时间")),
                ("records", models.PositiveIntegerField(verbose_name="记录数")),
                ("pairs", models.PositiveIntegerField(verbose_name="疑似重复")),
            ],
            options={"verbose_name": "查重记录", "verbose_name_plural": "查重记录", "default_permissions": ()},
        ),
    ]
