"""The seven rules of standing, each with what looks alike and must not follow."""

from __future__ import annotations

import datetime as dt

import pytest
from ledger_items import act, day

from dejure.ledger.entries import Entry, Interval
from dejure.ledger.live import Clock, LiveClaim
from dejure.ledger.parties import resolve_polity
from dejure.ledger.standing import Standing
from dejure.ledger.views import PolityView


class Layer:
    """Acts in memory."""

    name = "test"

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries

    def claims_on(self, slugs, clock, *, apart=frozenset()):  # type: ignore[no-untyped-def]
        wanted = set(slugs)
        return [
            LiveClaim(claim=one.claim, entry=one.id, known_at=one.known_at)
            for one in self.entries
            if one.claim.recognised in wanted
        ]

    def judgements(self, slugs, clock):  # type: ignore[no-untyped-def]
        return []

    def series_of(self, slugs, clock):  # type: ignore[no-untyped-def]
        return []


def view(polity: str, on: str, *entries: Entry, capacity: str | None = None) -> PolityView:
    return PolityView([Layer(entries)], resolve_polity(polity), Clock(on=day(on)), capacity)  # type: ignore[arg-type, list-item]


def standing(recogniser: str, polity: str, on: str, *entries: Entry) -> Standing:
    return view(polity, on, *entries).standing(recogniser)


class TestGovernmentAndState:
    def test_a_government_implies_its_state(self) -> None:
        taliban = act("RUS", "afghanistan-islamic-emirate", date="2025-07-03", capacity="government")
        found = standing("RUS", "afghanistan", "2025-08-01", taliban)
        assert (found.standing, found.basis) == ("recognised", "government")

    def test_a_state_implies_no_government(self) -> None:
        state = act("RUS", "afghanistan", date="1919-03-27")
        assert standing("RUS", "afghanistan-islamic-emirate", "2025-08-01", state).standing == "unknown"

    def test_the_state_outlives_its_governments(self) -> None:
        state = act("USA", "cuba", date="1902-05-20")
        severed = act("USA", "cuba", "sever-relations", "1961-01-03")
        assert standing("USA", "cuba", "1970-01-01", state, severed).standing == "recognised"

    def test_withdrawing_from_a_government_leaves_the_state(self) -> None:
        state = act("USA", "venezuela", date="1835-02-28")
        gone = act("USA", "venezuela", "withdraw", "2019-01-23", capacity="government")
        assert standing("USA", "venezuela", "2020-01-01", state, gone).standing == "recognised"


class TestEndOfGovernment:
    def test_lapses_when_the_government_ends(self) -> None:
        guaido = act("USA", "venezuela-guaido", date="2019-01-23", capacity="government")
        assert standing("USA", "venezuela-guaido", "2022-12-31", guaido).standing == "recognised"
        assert standing("USA", "venezuela-guaido", "2023-02-01", guaido).standing == "lapsed"

    def test_a_regular_successor_needs_no_act(self) -> None:
        first = act("TUR", "libya-gna", date="2016-04-01", capacity="government")
        assert standing("TUR", "libya-gnu", "2022-01-01", first).standing == "recognised"

    def test_after_an_irregular_change_it_is_unknown(self) -> None:
        first = act("RUS", "syria-assad", date="2000-08-01", capacity="government")
        found = standing("RUS", "syria-transitional-government", "2025-01-01", first)
        assert found.standing == "unknown"
        assert found.warning
        assert "irregular change of government on 2024-12-08" in found.warning

    def test_who_recognises_states_only_is_flagged_with_the_day(self) -> None:
        found = standing("GBR", "syria-transitional-government", "2025-01-01")
        assert found.warning
        assert "since 1980-04-28" in found.warning


class TestRelations:
    def test_establishing_implies_recognition(self) -> None:
        found = standing("KEN", "kosovo", "2026-01-01", act("KEN", "kosovo", "establish-relations", "2025-03-26"))
        assert (found.standing, found.basis) == ("recognised", "relations")

    def test_relations_after_recognition_add_nothing(self) -> None:
        acts = act("KEN", "kosovo", date="2025-03-26"), act("KEN", "kosovo", "establish-relations", "2025-06-01")
        found = standing("KEN", "kosovo", "2026-01-01", *acts)
        assert (found.basis, found.since) == ("own", Interval.of(day("2025-03-26")))

    @pytest.mark.parametrize("what", ["accept-credentials", "sever-relations", "intend", "refuse", "deny"])
    def test_other_acts_do_not(self, what: str) -> None:
        assert standing("KEN", "kosovo", "2026-01-01", act("KEN", "kosovo", what, "2025-03-26")).standing == "unknown"

    def test_severing_takes_nothing_away(self) -> None:
        acts = (
            act("PER", "sahrawi-republic", date="1984-08-16"),
            act("PER", "sahrawi-republic", "sever-relations", "1996-10-01"),
        )
        assert standing("PER", "sahrawi-republic", "1997-01-01", *acts).standing == "recognised"


class TestExclusiveClaims:
    TAIPEI = act("HND", "taiwan-roc", date="1985-05-20")
    BEIJING = act("HND", "china-prc", "establish-relations", "2023-03-26", capacity="government")

    def test_the_rival_ends_it(self) -> None:
        assert standing("HND", "taiwan-roc", "2023-03-25", self.TAIPEI, self.BEIJING).standing == "recognised"
        found = standing("HND", "taiwan-roc", "2023-03-27", self.TAIPEI, self.BEIJING)
        assert (found.standing, found.basis) == ("withdrawn", "inferred")
        assert self.BEIJING.id in found.entries

    def test_nothing_ends_that_never_was(self) -> None:
        assert standing("HND", "taiwan-roc", "2023-03-27", self.BEIJING).standing == "unknown"

    def test_a_claim_of_somebody_else_ends_nothing(self) -> None:
        claimed = act(
            "HND", "china-prc", date="2023-03-20", capacity="government", asserted=False, attributed_to=("CHN",)
        )
        assert standing("HND", "taiwan-roc", "2023-03-27", self.TAIPEI, claimed).standing == "recognised"

    def test_the_germanies_excluded_each_other_to_1972_only(self) -> None:
        bonn = act("YUG", "west-germany", date="1951-12-08")
        early, late = act("YUG", "east-germany", date="1957-10-15"), act("YUG", "east-germany", date="1973-01-15")
        assert standing("YUG", "west-germany", "1958-01-01", bonn, early).standing == "withdrawn"
        assert standing("YUG", "west-germany", "1974-01-01", bonn, late).standing == "recognised"


class TestSuccession:
    SOVIET = act("SUN", "palestine", date="1988-11-19")

    def test_a_continuing_state_carries_on(self) -> None:
        found = standing("RUS", "palestine", "2000-01-01", self.SOVIET)
        assert (found.standing, found.basis) == ("recognised", "carried")

    def test_the_same_id_before_the_succession_is_nobody(self) -> None:
        assert standing("RUS", "palestine", "1990-01-01", self.SOVIET).standing == "unknown"

    def test_successors_of_a_dissolved_state_inherit(self) -> None:
        czechoslovak = act("CSK", "palestine", date="1988-11-18")
        found = standing("SVK", "palestine", "2000-01-01", czechoslovak)
        assert (found.standing, found.basis) == ("recognised", "inherited")

    def test_an_absorbed_state_s_acts_lapse(self) -> None:
        east = act("DDR", "palestine", date="1988-11-18")
        assert standing("DDR", "palestine", "1990-01-01", east).standing == "recognised"
        assert standing("DDR", "palestine", "1995-01-01", east).standing == "lapsed"
        assert standing("DEU", "palestine", "1995-01-01", east).standing == "unknown"

    def test_recognising_the_predecessor_means_the_continuing_state(self) -> None:
        assert (
            standing("USA", "russia", "1995-01-01", act("USA", "soviet-union", date="1933-11-16")).standing
            == "recognised"
        )

    def test_a_recognition_of_a_dissolved_state_is_not_that_of_its_successors(self) -> None:
        assert (
            standing("USA", "slovakia", "1995-01-01", act("USA", "czechoslovakia", date="1918-09-03")).standing
            == "unknown"
        )


class TestClaims:
    OWN = act("SUR", "kosovo", date="2016-07-08")
    SERBIAN = act("SUR", "kosovo", "withdraw", "2017-10-27", asserted=False, attributed_to=("SRB",))

    def test_the_author_outweighs_a_third_party(self) -> None:
        found = standing("SUR", "kosovo", "2018-01-01", self.OWN, self.SERBIAN)
        assert (found.standing, found.dispute) == ("recognised", "contested")
        (contest,) = found.contests
        assert (contest.claimed_by, contest.standing) == (("SRB",), "withdrawn")

    def test_before_the_claim_there_is_no_dispute(self) -> None:
        assert standing("SUR", "kosovo", "2017-01-01", self.OWN, self.SERBIAN).dispute == "none"

    def test_a_mere_claim_is_no_recognition(self) -> None:
        claimed = act("BHR", "kosovo", date="2009-05-19", asserted=False, attributed_to=("XKX",))
        found = standing("BHR", "kosovo", "2010-01-01", claimed)
        assert (found.standing, found.dispute) == ("unknown", "contested")


class TestDates:
    def test_between_the_bounds_it_is_possible(self) -> None:
        wide = act("SOM", "kosovo", date=Interval.of(day("2010-05-09"), day("2010-09-01")))
        assert standing("SOM", "kosovo", "2010-05-01", wide).standing == "unknown"
        assert standing("SOM", "kosovo", "2010-08-01", wide).certainty == "possible"
        assert standing("SOM", "kosovo", "2010-09-01", wide).certainty == "certain"

    def test_an_undated_act_had_happened_when_it_was_known(self) -> None:
        undated = act("SOM", "kosovo", date=None, known="2012-01-01")
        assert standing("SOM", "kosovo", "2012-01-01", undated).certainty == "certain"
        assert standing("SOM", "kosovo", "2011-01-01", undated).certainty == "possible"

    def test_a_withdrawal_comes_after_the_recognition_it_ends(self) -> None:
        year = act("NRU", "abkhazia", date=Interval.of(day("2014-01-01"), day("2014-12-31")))
        end = act("NRU", "abkhazia", "withdraw", Interval.of(day("2014-06-01"), day("2014-12-31")))
        assert standing("NRU", "abkhazia", "2015-01-01", year, end).standing == "withdrawn"
        assert standing("NRU", "abkhazia", "2015-01-01", year, end).certainty == "certain"

    def test_frozen_and_resumed(self) -> None:
        acts = (
            act("BDI", "sahrawi-republic", date="1976-03-01"),
            act("BDI", "sahrawi-republic", "withdraw", "2006-05-05", manner="suspend"),
            act("BDI", "sahrawi-republic", "recognise", "2008-06-17", manner="resume"),
        )
        assert standing("BDI", "sahrawi-republic", "2007-01-01", *acts).standing == "frozen"
        assert standing("BDI", "sahrawi-republic", "2009-01-01", *acts).standing == "recognised"


class TestAnnounced:
    def test_a_plan_stands_until_it_is_done(self) -> None:
        plan = act("FRA", "palestine", "intend", "2025-09-22", known="2025-07-24")
        done = act("FRA", "palestine", "recognise", "2025-09-22")
        assert standing("FRA", "palestine", "2025-07-01", plan).announced == "none"
        planned = standing("FRA", "palestine", "2025-08-01", plan)
        assert (planned.announced, planned.announced_for) == ("intended", Interval.of(day("2025-09-22")))
        after = standing("FRA", "palestine", "2025-10-01", plan, done)
        assert (after.standing, after.announced) == ("recognised", "none")

    def test_the_last_word_counts(self) -> None:
        refused = act("JPN", "palestine", "refuse", "2025-01-01")
        considering = act("JPN", "palestine", "consider", "2025-08-01")
        assert standing("JPN", "palestine", "2025-07-01", refused, considering).announced == "refused"
        assert standing("JPN", "palestine", "2025-09-01", refused, considering).announced == "considering"


def test_effective_dates_count_by_rule() -> None:
    late = act("BEL", "palestine", date="2025-09-22", effective=Interval.of(dt.date(2026, 3, 1)))
    found = view("palestine", "2025-12-31", late)
    assert found.steps()["BEL"][0].must_be(day("2025-12-31"))
    assert not found.steps(effective=True)["BEL"][0].may_be(day("2025-12-31"))
