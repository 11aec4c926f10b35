"""What teaching a provider would change, as the JSON of the command line's contract."""

from collections.abc import Mapping

from signalos_desktop.domain.parsing import to_schema
from signalos_desktop.engine.setting_signals import own_words
from signalos_desktop.engine.teaching import Preview


def preview_fields(data: Mapping[str, object]) -> dict[str, object]:
    """additions: by field of the provider's settings; changed: messages that read otherwise."""
    found = data["preview"]
    if not isinstance(found, Preview):
        raise TypeError(f"not a preview: {type(found).__name__}")
    additions = own_words(found.lesson.additions)
    return {
        "provider": data["provider"],
        "saved": data["saved"],
        "additions": {field: value for field, value in additions.items() if value},
        "reading": to_schema(found.lesson.reading, None),
        "looked_at": found.looked_at,
        "changed": [
            {
                "signal": each.signal,
                "text": each.text,
                "before": to_schema(each.before, each.signal),
                "after": to_schema(each.after, each.signal),
            }
            for each in found.changed
        ],
    }
