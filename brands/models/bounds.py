"""Between which days what is told can have been printed or counted."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

# The first day of the republic: no labour brand, and no number of one, is older.
FIRST_DAY = date(1949, 10, 1)


def check_past(day: date) -> None:
    """ValidationError for a day on which nothing can have been printed or counted yet, or could have been at all. Today
    is that of the site's time zone; of a month or a year its first day counts."""
    today = timezone.localdate()
    if not FIRST_DAY <= day <= today:
        first, last = (date_format(one, "Y-m-d") for one in (FIRST_DAY, today))
        raise ValidationError(
            gettext("日期只能在 %(first)s 至今天（%(last)s）之间。") % {"first": first, "last": last}, code="day"
        )
