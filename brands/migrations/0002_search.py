"""The documents that search looks through, and the index of their tokens."""

from typing import Any

from django.db import migrations, models

SQLITE = (
    """CREATE VIRTUAL TABLE brands_search_index USING fts5(
        tokens, tokenize = "ascii", detail = none, columnsize = 0)""",
    """CREATE TRIGGER brands_search_index_gone AFTER DELETE ON brands_searchdocument
        BEGIN DELETE FROM brands_search_index WHERE rowid = old.id; END""",
)
SQLITE_BACK = ("DROP TRIGGER brands_search_index_gone", "DROP TABLE brands_search_index")

POSTGRES = (
    'ALTER TABLE brands_searchdocument ALTER sort TYPE varchar(400) COLLATE "C"',
    'ALTER TABLE brands_searchdocument ALTER key TYPE varchar(300) COLLATE "C"',
    # the number of the kind as a column of its own: asked by a range of `id`, the planner reads all rows of the range;
    # a tsvector and not an array, since one condition then asks for any combination of tokens
    """CREATE TABLE brands_search_index (
        id bigint PRIMARY KEY,
        kind smallint GENERATED ALWAYS AS (id >> 40) STORED,
        tokens tsvector NOT NULL)""",
    # tokens stand apart from the rows that a search visits
    "ALTER TABLE brands_search_index ALTER tokens SET STORAGE EXTERNAL",
    *(
        f"CREATE INDEX brands_search_index_{kind} ON brands_search_index USING gin (tokens)"
        f" WITH (fastupdate = off) WHERE kind = {place}"  # else every search reads a list of what is still to do
        for place, kind in enumerate(("brand", "region", "program", "statistic", "article"), 1)
    ),
    """CREATE FUNCTION brands_search_index_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'TRUNCATE' THEN TRUNCATE brands_search_index;
        ELSE DELETE FROM brands_search_index WHERE id = old.id; END IF;
        RETURN NULL; END $$""",
    """CREATE TRIGGER brands_search_index_gone AFTER DELETE ON brands_searchdocument
        FOR EACH ROW EXECUTE FUNCTION brands_search_index_gone()""",
    """CREATE TRIGGER brands_search_index_emptied AFTER TRUNCATE ON brands_searchdocument
        FOR EACH STATEMENT EXECUTE FUNCTION brands_search_index_gone()""",
)
POSTGRES_BACK = (
    "DROP TRIGGER brands_search_index_gone ON brands_searchdocument",
    "DROP TRIGGER brands_search_index_emptied ON brands_searchdocument",
    "DROP FUNCTION brands_search_index_gone()",
    "DROP TABLE brands_search_index",
)


def make_index(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_index(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("brands", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("brand", "劳务品牌"),
                            ("region", "地区"),
                            ("program", "政策与活动"),
                            ("statistic", "数据"),
                            ("article", "报道"),
                        ],
                        max_length=10,
                    ),
                ),
                ("adcode", models.CharField(blank=True, max_length=6)),
                ("curated", models.BooleanField(default=False)),
                ("story", models.BigIntegerField()),
                ("sort", models.CharField(blank=True, max_length=400)),
                ("key", models.CharField(max_length=300)),
                ("labels", models.TextField(blank=True)),
                ("syllables", models.TextField(blank=True)),
                ("name", models.TextField()),
                ("aliases", models.TextField(blank=True)),
                ("place", models.TextField(blank=True)),
                ("description", models.TextField(blank=True)),
                ("evidence", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("original", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "key", "id"], name="search_document_key"),
                    models.Index(fields=["kind", "sort", "id"], name="search_document_sort"),
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
