"""What the coder should say by the rules of the records and does not say yet: the text, and why it fails.

A test whose first parameter stands here is expected to fail. Take the line out when the coder learns it.
"""

from __future__ import annotations

__all__ = ["KNOWN_MISSES"]

_PARSE = "the small model misreads the sentence: "

KNOWN_MISSES: dict[str, str] = {
    # ---------------------------------------------------------------------------------------- acts: what is told
    "Sudan's recognition of Kosovo annoyed officials in Belgrade.": _PARSE + "the verb is taken for an adjective",
    "Latvia is withholding recognition of the Taliban government.": _PARSE + "the verb is taken for a compound",
    "Uganda recognised Somaliland de jure on Monday.": _PARSE + "the name is joined to 'de jure'",
    "Fiji has recognised Kosovo, the foreign minister of Albania said on Monday.": (
        _PARSE + "Kosovo becomes the subject of 'said'"
    ),
    "Serbia rejected Sudan's recognition of Kosovo.": (
        "somebody else's recognition is rejected: the recognition is presupposed, and the rejecter refuses nothing"
    ),
    "Iceland's foreign minister signed the decree that recognises Palestine on Friday.": (
        "a decree that recognises: the relative pronoun is not resolved to whose decree it is"
    ),
    "The Icelandic government decided on Friday to recognise Palestine next month.": (
        "a decision for a later day is an intention"
    ),
    "Should Israel not agree to a truce, Malta will recognise Palestine.": "'should ... not' before the subject",
    "Japan made its recognition of Palestine conditional on an end to the fighting.": "'make ... conditional on'",
    "Greece is weighing whether to recognise Kosovo.": "'whether to' under a verb of considering is no condition",
    "Greece and Kosovo are in talks about recognition.": "talks about recognition are an act of considering",
    "It is too early to recognise Palestine, the prime minister of Latvia said on Thursday.": (
        "'it is too early' with the speaker behind it"
    ),
    "Danish lawmakers passed a motion asking the government to recognise Palestine.": (
        "'the government' is not resolved to the country of those who ask, and the motion is taken for who asks"
    ),
    "Somaliland asked for recognition by Ethiopia.": "the noun with 'for' under a verb of asking",
    "It is too early to say whether Latvia will recognise Palestine, its foreign minister said.": (
        "too early to say is a silence, not a refusal"
    ),
    # ------------------------------------------------------------------------------------ acts: who stands for them
    "Guinea's foreign minister said that his country had recognised Kosovo.": "'his country' is nobody",
    "According to Kosovo's government, Guinea has recognised Kosovo.": "'according to' does not attribute an act",
    "Peru is due to recognise Kosovo next week.": "'is due to' gives no record",
    "Peru may soon recognise Kosovo.": "a bare possibility gives no record",
    "Peru could recognise Kosovo before the summer.": "a bare possibility gives no record",
    "The foreign ministry in Lima said on Monday that Peru had recognised Kosovo. "
    "On Tuesday it retracted the announcement, which it called an error.": "a retraction is not tied to its news",
    "Peru recognised Kosovo, a minister wrote on Monday; on Tuesday the ministry called it a mistake.": (
        "a retraction is not tied to its news"
    ),
    "Canada recognised Juan Guaidó as interim president of Venezuela on Wednesday.": (
        "the full name of a rival president does not lead to his government"
    ),
    # --------------------------------------------------------------------------------------------------------- dates
    "Fiji recognised Kosovo on Monday, with effect from 1 October 2025.": "'with effect from' fills no effective date",
    "Fiji decided on Monday to recognise Kosovo from 1 October 2025.": "'from' fills no effective date",
    # ---------------------------------------------------------------------------------------------------- background
    "Somaliland has not been recognised by any country.": "'not ... by any country' is a universal",
    "Russia became the first country to recognise the Taliban government.": "a rank under 'became'",
    "Fiji became the 112th country to recognise Kosovo.": "a rank under 'became'",
    # ----------------------------------------------------------------------------------------------------------- cast
    "Ministers of Fiji and Samoa flew to Pristina on Monday. They recognised Kosovo the same day.": (
        "of two coordinated countries behind 'of' only one is read"
    ),
    "Fiji and Samoa sent envoys to Pristina on Monday. Both recognised Kosovo.": "'both' takes the last of two",
    "Iceland sent an envoy to Hargeisa on Monday. The island recognised Somaliland the same day.": (
        "a definite noun takes the polity named last, even where it would recognise itself"
    ),
    "Iceland sent an envoy to Hargeisa on Monday. The country recognised Somaliland the same day.": (
        "a definite noun takes the polity named last, even where it would recognise itself"
    ),
    "Iceland's foreign minister, Jon Tarsilsson, flew to Hargeisa on Monday. "
    "Tarsilsson announced that his country recognised Somaliland.": "'his country' is nobody",
    "Jon Tarsilsson, the foreign minister of Iceland, flew to Hargeisa on Monday. "
    "He said his country recognised Somaliland.": "'his country' is nobody",
    "Icelandic Foreign Minister Jon Tarsilsson said his country had recognised Somaliland.": "'his country' is nobody",
    "Iran recognised the Taliban on Monday.": "of two governments of one name the one of the report's day is not taken",
    # --------------------------------------------------------------------------------------------------------- events
    "Chile agreed to send doctors to Peru.": "the recipient of the promised deed is whom it goes to, not what is sent",
    "The president of Chile met the president of Peru on Monday.": "'X met Y', where both sides are office holders",
    "The presidents of Chile and Peru met on Monday.": "of two coordinated countries behind 'of' only one is read",
    "The foreign ministers of Chile and Peru met in Lima.": "of two coordinated countries behind 'of' only one is read",
    "Ministers of Chile and Peru flew to Kosovo.": "of two coordinated countries behind 'of' only one is read",
    "Chile and Peru held joint naval exercises.": "no frame for joint exercises",
    "Chile deployed troops along the border with Peru on Monday.": "'on Monday' is taken for the recipient",
    "Chile imposed sanctions on Peru on Monday.": "'on Monday' is taken for a second recipient",
    "Peru came under attack from Chile.": "'come under attack' loses its recipient",
    "According to Chile, Peru attacked Bolivia on Monday.": "'according to' does not attribute an event",
    "Kosovo urged Fiji to recognise its independence.": "the call is told twice: by the act and by the lexicon",
    # ------------------------------------------------------------------------------------------------------- silences
    "The streets of Athens were silent.": "silent streets are no actor",
    "Greece urged Cyprus not to comment.": "a call not to comment is no silence",
    # ----------------------------------------------------------------------------------------------------- statements
    "Serbia rejected the recognition as illegitimate.": "rejecting another's recognition is read as support",
    "Serbia rejected Fiji's recognition of Kosovo.": "rejecting another's recognition is read as support",
    "Hungary said that every state is free to recognise Kosovo.": "defending the right to recognise is neutral",
    "Fiji refused to recognise Kosovo on Monday. Serbia praised the refusal.": "praise of a refusal opposes the polity",
    '"This is a good step," the Turkish foreign minister said.': "the words of a quotation are not marked direct",
    'The Turkish foreign minister said: "We welcome this wise step."': "the words of a quotation are not marked direct",
}
