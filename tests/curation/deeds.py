"""What staff do in several steps, as their browsers do it."""

from collections.abc import Iterable
from typing import Any

from django.test import Client
from django.urls import reverse


def in_bulk(client: Client, kind: str, keys: Iterable[int], deed: str, *, why: str = "核对过", **more: str) -> Any:
    """Choose rows in the admin's list, look at the preview and send it. `more` may hold the
    `value` of a field, or `empty`. The last answer, which is the list again."""
    chosen = {"action": "set_values", "_selected_action": list(keys)}
    asked = client.post(reverse(f"admin:brands_{kind}_changelist"), chosen)
    assert asked.status_code == 302
    shown = client.get(
        f"{asked['Location']}&deed={deed}", more and {"rows": ",".join(map(str, keys)), "deed": deed, **more}
    )
    return send(client, kind, shown, why=why)


def send(client: Client, kind: str, shown: Any, *, why: str) -> Any:
    """Send the form at the end of a preview."""
    reason = shown.context["reason"]
    sent = {**shown.context["hand_on"], "seal": reason["seal"].value(), "after": reason["after"].value(), "why": why}
    return client.post(reverse("curation:bulk", args=[kind]), sent, follow=True)
