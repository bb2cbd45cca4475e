"""Makes the fields that are compared byte by byte longer, as a later migration may: `python -m tests.upgrade.alter`, on
the database that the environment names."""

import django


def main() -> None:
    from django.apps import apps
    from django.db import connection

    from brands.models.collation import BytewiseCharField

    with connection.schema_editor() as editor:
        for model in apps.get_app_config("brands").get_models():
            for old in model._meta.local_fields:
                if isinstance(old, BytewiseCharField):
                    new = BytewiseCharField(max_length=(old.max_length or 0) + 1)
                    new.set_attributes_from_name(old.name)
                    new.model = model
                    editor.alter_field(model, old, new)


if __name__ == "__main__":
    django.setup()
    main()
