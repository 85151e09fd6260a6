"""The observatory in the browser: pages that are read without scripts, over the same views as every other face."""
