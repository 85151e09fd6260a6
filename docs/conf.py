"""How Sphinx builds the site; `scripts/docs` lays out the pages and calls it."""

from dejure.version import __version__

project = "dejure"
author = "The dejure authors"
copyright = "The dejure authors, Apache-2.0"  # noqa: A001  Sphinx's name
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns: list[str] = []
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

smartquotes = False

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
default_role = "code"
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
napoleon_preprocess_types = False

html_theme = "furo"
html_title = f"dejure {__version__}"
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
