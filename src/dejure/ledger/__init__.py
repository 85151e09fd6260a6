"""Who recognises whom: entries with evidence, the stories that they come from, and views of them."""
