"""Write the generated pages of the documentation anew: `python -m tests.docs.update`.

Options, exit codes, limits, headings, keys of rule files and of JSON, in docs/en and docs/vi; run it after
`python -m tests.i18n.update`, for the Vietnamese comes from the catalog.
"""

from __future__ import annotations

from tests.docs.keys import key_pages, keys_by_command
from tests.docs.reference import written


def main() -> None:
    """Write every page."""
    for path, text in (written() | key_pages(keys_by_command())).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
