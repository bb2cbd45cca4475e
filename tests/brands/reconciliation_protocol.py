"""What version 0.2 of the Reconciliation API says of the answers of a service, in the words of JSON Schema."""

from typing import Any

_TEXT = {"type": "string"}
_NAMED = {"type": "object", "required": ["id", "name"], "properties": {"id": _TEXT, "name": _TEXT}}
_VALUES = [
    {"type": "object", "required": [name], "properties": {name: kind}, "additionalProperties": False}
    for name, kind in (
        ("str", {"type": "string"}),
        ("int", {"type": "integer"}),
        ("float", {"type": "number"}),
        ("date", {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$"}),
    )
]
_RECORD = {**_NAMED, "additionalProperties": False}
_WITH_ID = {"type": "string", "pattern": r"\{\{id\}\}"}
_ADDRESS = {"type": "string", "pattern": "^https?://"}
_SERVICE = {
    "type": "object",
    "required": ["service_url", "service_path"],
    "properties": {"service_url": _ADDRESS, "service_path": {"type": "string"}},
}
_CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score", "match", "type"],
    "properties": {
        **dict.fromkeys(("id", "name", "description"), _TEXT),
        "score": {"type": "number"},
        "match": {"type": "boolean"},
        "type": {"type": "array", "items": _NAMED},
        "features": {
            "type": "array",
            "items": {"required": ["id", "value"], "properties": {"value": {"type": ["boolean", "number"]}}},
        },
    },
}
PROTOCOL: dict[str, Any] = {
    "manifest": {
        "required": ["versions", "name", "identifierSpace", "schemaSpace", "view", "preview", "suggest", "extend"],
        "properties": {
            "versions": {"contains": {"const": "0.2"}},
            "name": {"type": "string"},
            **dict.fromkeys(("identifierSpace", "schemaSpace", "documentation"), _ADDRESS),
            "defaultTypes": {"type": "array", "uniqueItems": True, "items": _NAMED},
            "view": {"required": ["url"], "properties": {"url": _WITH_ID}},
            "preview": {
                "required": ["url", "width", "height"],
                "properties": {"url": _WITH_ID, "width": {"type": "integer"}, "height": {"type": "integer"}},
            },
            "suggest": {"additionalProperties": _SERVICE},
            "extend": {"properties": {"propose_properties": _SERVICE, "property_settings": {"type": "array"}}},
        },
    },
    "matched": {
        "additionalProperties": {
            "required": ["result"],
            "properties": {"result": {"type": "array", "items": _CANDIDATE}},
        }
    },
    "extended": {
        "required": ["meta", "rows"],
        "properties": {
            "meta": {"type": "array", "items": {**_NAMED, "properties": {"type": _NAMED}}},
            "rows": {
                "additionalProperties": {
                    "additionalProperties": {"type": "array", "items": {"oneOf": [_RECORD, *_VALUES]}}
                }
            },
        },
    },
    "suggested": {"required": ["result"], "properties": {"result": {"type": "array", "items": _NAMED}}},
    "proposed": {"required": ["properties"], "properties": {"properties": {"type": "array", "items": _NAMED}}},
}
