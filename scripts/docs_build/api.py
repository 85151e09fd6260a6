"""The public names of Python, each by its docstring."""

from __future__ import annotations

import inspect
from typing import Any

#: Pages: title, and the modules whose public names stand on it. What is in none comes to the first.
_PAGES = {
    "reading": ("Reading reports", ("dejure.reader", "dejure.records", "dejure.when", "dejure.sources")),
    "ledger": ("The ledger", ("dejure.ledger",)),
    "corpora": ("Corpora", ("dejure.corpus",)),
    "names": ("Names", ("dejure.reference",)),
    "settings": ("Settings, as a class", ("dejure.settings",)),
    "errors": ("Errors, as classes", ("dejure.errors",)),
}


def public() -> dict[str, Any]:
    """Every public name with what it stands for."""
    import dejure

    return {name: getattr(dejure, name) for name in dejure.__all__ if not name.startswith("_")}


def undocumented() -> list[str]:
    """Public names and public methods without a docstring, and parameters that a documented function leaves out."""
    missing = []
    for name, value in public().items():
        if not _own_doc(value):
            missing.append(f"public name {name}")
        if inspect.isclass(value):
            missing += [f"public name {name}.{key}" for key, one in _methods(value) if not inspect.getdoc(one)]
    return missing


def pages() -> dict[str, str]:
    """Markdown by the name of the page."""
    groups: dict[str, list[str]] = {key: [] for key in _PAGES}
    for name, value in public().items():
        module = getattr(value, "__module__", "dejure")
        key = next((k for k, (_, rooms) in _PAGES.items() if module.startswith(rooms)), "reading")
        groups[key].append(name)
    return {key: _page(_PAGES[key][0], names) for key, names in groups.items() if names}


def _page(title: str, names: list[str]) -> str:
    functions = [name for name in names if not inspect.isclass(public()[name])]
    classes = [name for name in names if inspect.isclass(public()[name])]
    lines = [f"# {title}\n", "All names are those of `import dejure`.\n", "```{eval-rst}"]
    lines += [f".. autofunction:: dejure.{name}\n" for name in functions]
    lines += [f".. autoclass:: dejure.{name}\n   :members:\n" for name in classes]
    return "\n".join([*lines, "```", ""])


def _own_doc(value: Any) -> str:
    """The docstring; that which a dataclass makes up from its signature is none."""
    text = inspect.getdoc(value) or ""
    return "" if text.startswith(f"{getattr(value, '__name__', '')}(") else text


def _methods(kind: type) -> list[tuple[str, Any]]:
    found = []
    for key, one in vars(kind).items():
        plain = one.fget if isinstance(one, property) else getattr(one, "__func__", one)
        if not key.startswith("_") and inspect.isfunction(plain):
            found.append((key, plain))
    return found
