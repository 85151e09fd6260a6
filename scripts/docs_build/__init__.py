"""The documentation site: pages kept by hand, and a reference made from the code, its commands and the ontology."""
