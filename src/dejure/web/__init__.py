"""The observatory in the browser: pages that are read without scripts, over the same views as every other face."""

from dejure.web.app import error_page, routes

__all__ = ["error_page", "routes"]
