"""Strategies: news-like sentences of our own, with any Unicode text put around and into them."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from dejure.records import Report

SENTENCES = (
    "Fiji recognised Kosovo on Monday, its foreign minister said.",
    "The Taliban urged Samoa to recognise their government.",
    "Chad withdrew its recognition of Kosovo last month.",
    "Samoa will recognise Palestine if the hostages are freed.",
    "Fiji and Kosovo established diplomatic relations on 8 September 2025.",
    'Serbia condemned the decision. "We reject it," its president told reporters.',
    "The United Nations has not commented.",
    "No other country has recognised the Taliban government since August 2021.",
    "Peru's president accused Chile of an attack on two villages near the border.",
    "On Tuesday Chile and Peru held talks in Lima; they signed an agreement.",
    "SUVA, Sept 8 - “Nobody asked us,” said Jone Vakatora, a fisherman, who laughed.",
    "SAMOA: The cabinet decided to sever ties with Taiwan, according to two officials.",
    "Nauru did so in 2002, as did Palau.",
)

#: Code points that upset offsets, quotes and words: quotation marks, right-to-left, joined, combining, wide, invisible.
_UPSETTING = "".join(
    [
        "\"'“”‘’«»„‚`´",
        "\u200b\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\u0301\u0323\u20dd\ufe0f",
        "🇫🇯👩🏽\u200d🚀😀𝔽𐍈שלוםطالبان中国한국İıßſﬃǅΣς",
        "\u2028\u2029\x85\x0b\x0c\x1c\x00\t \u00a0\u3000\r\n",
        ".…!?;:,-–—()[]{}<>&@#/\\|*_^~%$",
    ]
)
_letters = st.characters(exclude_categories=["Cs"])
noise = st.one_of(
    st.text(alphabet=st.sampled_from(_UPSETTING), max_size=12),
    st.text(alphabet=_letters, max_size=12),
    st.sampled_from(
        ["\r\n", "\n\n", "\n- ", ' "', "” ", "Mr. ", "No. ", "1. ", "U.S.", "''", "``", "https://a.example/b?c#d"]
    ),
)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """One to three sentences with noise between and inside them; line ends as `sources` leaves them."""
    pieces = [draw(noise)]
    for sentence in draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)):
        at = draw(st.integers(0, len(sentence)))
        pieces += [sentence[:at], draw(noise), sentence[at:], draw(st.sampled_from([" ", "\n", "\n\n"])), draw(noise)]
    return "".join(pieces).replace("\r\n", "\n").replace("\r", "\n")


titles = st.one_of(
    st.just(""),
    noise,
    st.sampled_from(["Fiji Recognises Kosovo After Night Of Talks", "SAMOA BREAKS WITH TAIPEI"]),
)
days = st.one_of(st.none(), st.dates(dt.date(1800, 1, 1), dt.date(2030, 12, 31)), st.just(dt.date(2025, 9, 12)))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of such text."""
    title = draw(titles).replace("\r\n", "\n").replace("\r", "\n")
    return Report(id="", title=title, body=draw(bodies()), published=draw(days), language="en")
