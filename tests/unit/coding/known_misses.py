"""What the coder should say by the rules of the records and does not say yet: the text, and why it fails.

A test whose first parameter stands here is expected to fail. Take the line out when the coder learns it.
"""

from __future__ import annotations

__all__ = ["KNOWN_MISSES"]

KNOWN_MISSES: dict[str, str] = {
    "Sudan's recognition of Kosovo annoyed officials in Belgrade.": (
        "the small model misreads the sentence: the verb is taken for an adjective"
    ),
    "Latvia is withholding recognition of the Taliban government.": (
        "the small model misreads the sentence: the verb is taken for a compound"
    ),
    "Uganda recognised Somaliland de jure on Monday.": (
        "the small model misreads the sentence: the name is joined to 'de jure'"
    ),
    "Fiji has recognised Kosovo, the foreign minister of Albania said on Monday.": (
        "the small model misreads the sentence: Kosovo becomes the subject of 'said'"
    ),
    "Greece and Kosovo are in talks about recognition.": "talks about recognition are an act of considering",
    "Peru recognised Kosovo, a minister wrote on Monday; on Tuesday the ministry called it a mistake.": (
        "a retraction is not tied to its news"
    ),
    "Somaliland has not been recognised by any country.": "'not ... by any country' is a universal",
    "Russia became the first country to recognise the Taliban government.": "a rank under 'became'",
    "Fiji became the 112th country to recognise Kosovo.": "a rank under 'became'",
    "Ministers of Fiji and Samoa flew to Pristina on Monday. They recognised Kosovo the same day.": (
        "of two coordinated countries behind 'of' only one is read"
    ),
    "Iceland sent an envoy to Hargeisa on Monday. The country recognised Somaliland the same day.": (
        "a definite noun takes the polity named last, even where it would recognise itself"
    ),
    "The president of Chile met the president of Peru on Monday.": "'X met Y', where both sides are office holders",
    "Ministers of Chile and Peru flew to Kosovo.": "of two coordinated countries behind 'of' only one is read",
    "Chile and Peru held joint naval exercises.": "no frame for joint exercises",
    "Peru came under attack from Chile.": "'come under attack' loses its recipient",
    "According to Chile, Peru attacked Bolivia on Monday.": "'according to' does not attribute an event",
    "The streets of Athens were silent.": "silent streets are no actor",
    'The Turkish foreign minister said: "We welcome this wise step."': (
        "the words of a quotation are not marked direct"
    ),
    "Fiji has stopped short of recognising Kosovo, its minister said.": "'stop short of' gives nothing",
    "Peru attacked Bolivia on Monday. Chile's opposition accused the government of weakness.": (
        "'the government' is that of the last deed, not that of those who speak"
    ),
    "Chile still recognises the government of Juan Guaido.": (
        "told years after he led it, the name of a former claimant is taken for the claimant of the day"
    ),
    "<s>The minister</s> said <t>Chile</t> must withdraw its patrol boats.": (
        "the trained head takes what X says Y must do for a threat, though the lexicon is sure of a request"
    ),
}
