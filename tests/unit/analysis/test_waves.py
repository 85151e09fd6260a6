"""Waves end to end on invented and hostile series."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from dejure.analysis.acts import Series, read_series, series_of_rows
from dejure.analysis.backtest import backtest, origins_of
from dejure.analysis.clusters import find_clusters
from dejure.analysis.contagion import contagion_test, null_model
from dejure.analysis.fit import fit_model, fit_spells
from dejure.analysis.forecast import forecast
from dejure.analysis.panel import make_panel, state_on
from dejure.analysis.scores import binomial_interval, bootstrap_gain, hits, log_scores, outcomes
from dejure.analysis.simulation import as_series, simulate_contagion, simulate_from_terms
from dejure.analysis.states import state_system
from dejure.analysis.terms import DYNAMIC, TERMS, Terms, load_priors
from dejure.analysis.votes import agreement, members
from dejure.analysis.wave import ask_wave
from dejure.errors import BadDate, InputMissing, MalformedTable

SYSTEM = state_system()
PRIORS = load_priors()
COLUMNS = "recogniser,recogniser_iso3,recognised,recognised_code,kind,act,date,date_precision,date_earliest,date_latest"


def rows(*acts: tuple[str, str, str], code: str = "XKX", act: str = "recognise") -> list[dict[str, str]]:
    return [
        {"recogniser": iso3, "recogniser_iso3": iso3, "recognised_code": code, "act": act, "date_earliest": low,
         "date_latest": high}
        for iso3, low, high in acts
    ]  # fmt: skip


def wave(*acts: tuple[str, str, str], code: str = "XKX") -> Series:
    return series_of_rows(rows(*acts, code=code), SYSTEM, name="invented")[0]


DAYS = [("ALB", "2008-02-18", "2008-02-18"), ("PER", "2008-02-22", "2008-02-22"), ("JPN", "2008-03-18", "2008-04-18")]


class TestStates:
    def test_the_system_has_its_members_of_the_day(self) -> None:
        place = SYSTEM.index
        assert SYSTEM.members_on(dt.date(1975, 1, 1))[place["east-germany"]]
        assert not SYSTEM.members_on(dt.date(1995, 1, 1))[place["east-germany"]]
        assert not SYSTEM.members_on(dt.date(1960, 1, 1))[place["estonia"]]
        assert 190 < SYSTEM.members_on(dt.date(2020, 1, 1)).sum() < 200

    def test_agreement_is_symmetric_and_within_bounds(self) -> None:
        found = agreement(2010)
        known = np.isfinite(found)
        assert (known == known.T).all()
        np.testing.assert_allclose(found[known], found.T[known], atol=1e-6)
        assert found[known].min() >= 0
        assert found[known].max() <= 1 + 1e-6

    def test_votes_after_the_table_are_its_last(self) -> None:
        np.testing.assert_array_equal(agreement(2026), agreement(2030))
        assert "US" in members()

    def test_a_folder_of_ties_adds_a_term(self, tmp_path: Path) -> None:
        (tmp_path / "ties.csv").write_text("one,other,from,to,weight\nfrance,japan,2000,2020-12-31,2\n")
        own = state_system(tmp_path)
        weights = own.supplied_weights(dt.date(2010, 1, 1))
        assert weights[own.index["japan"], own.index["france"]] == 2
        assert own.supplied_weights(dt.date(2024, 1, 1)).sum() == 0


class TestActs:
    def test_the_actor_of_the_day_stands_for_its_heir(self) -> None:
        found = series_of_rows(rows(("RUS", "1988-11-18", "1988-11-18"), code="PSE"), SYSTEM, name="x")[0]
        assert [one.recogniser for one in found.acts] == ["soviet-union"]
        assert "russia" in found.absent

    def test_what_cannot_be_used_is_told(self) -> None:
        found = wave(("ALB", "2008-02-18", "2008-02-17"), ("QQQ", "2008-03-01", "2008-03-01"),
                     ("FRA", "2001-01-01", "2001-01-01"), ("PER", "2008-02-22", "never"))  # fmt: skip
        assert not found.acts
        assert len(found.rejects) == 4
        assert found.absent == ("france",)

    def test_nothing_is_known_before_the_end_of_its_interval(self) -> None:
        found = wave(*DAYS).as_known(dt.date(2008, 4, 1))
        assert [one.recogniser for one in found.acts] == ["albania", "peru"]

    def test_an_alternative_date_widens_the_bounds(self) -> None:
        given = rows(("BRA", "2011-12-03", "2011-12-03"), code="PSE")
        given[0]["alt_date"] = "2010-12-01"
        one = series_of_rows(given, SYSTEM, name="x")[0].acts[0]
        assert (one.earliest, one.latest) == (dt.date(2010, 12, 1), dt.date(2011, 12, 3))

    @pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00\x01", COLUMNS + "\n"])
    def test_a_file_that_is_no_series_is_an_error_or_empty(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "series.csv"
        path.write_text(text)
        if text.startswith(COLUMNS):
            assert read_series(path, SYSTEM) == ()
        else:
            with pytest.raises(MalformedTable, match="columns"):
                read_series(path, SYSTEM)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(InputMissing):
            read_series(tmp_path / "none.csv", SYSTEM)


class TestClusters:
    def test_three_of_an_organisation_on_a_day_are_one(self) -> None:
        day = "2008-02-21"
        found = find_clusters(wave(*[(code, day, day) for code in ("DNK", "DEU", "LVA", "PER")]), SYSTEM)
        assert [len(one.members) for one in found] == [3]
        assert "peru" not in found[0].members

    def test_two_are_not(self) -> None:
        day = "2008-02-21"
        assert find_clusters(wave(("DNK", day, day), ("DEU", day, day)), SYSTEM) == ()


class TestPanel:
    def test_exposure_of_a_state_ends_with_its_act(self) -> None:
        panel = make_panel(wave(("ALB", "2008-02-20", "2008-02-20")).as_known(dt.date(2008, 3, 1)), SYSTEM, PRIORS)
        own = panel.solo_state == SYSTEM.index["albania"]
        before = own & (panel.solo.act < 0)
        assert panel.solo.exposure_days[before].sum() == 3
        assert panel.solo.exposure_days[own & (panel.solo.act >= 0)].sum() == 1

    def test_rows_of_an_interval_sum_to_it_in_each_imputation(self) -> None:
        panel = make_panel(wave(*DAYS).as_known(dt.date(2008, 6, 1)), SYSTEM, PRIORS)
        own = (panel.solo_state == SYSTEM.index["japan"]) & (panel.solo.act >= 0)
        total = float((panel.solo.exposure_days * panel.solo.weight)[own].sum())
        assert total == pytest.approx(32)

    def test_the_parent_is_never_at_risk(self) -> None:
        state = state_on(wave(*DAYS).as_known(dt.date(2008, 6, 1)), SYSTEM, PRIORS)
        assert not state.at_risk[SYSTEM.index["serbia"]]
        assert not state.at_risk[SYSTEM.index["albania"]]
        assert state.at_risk[SYSTEM.index["spain"]]

    def test_no_recogniser_no_exposure(self) -> None:
        panel = make_panel(wave(("ALB", "2008-05-20", "2008-05-20")).as_known(dt.date(2008, 5, 1)), SYSTEM, PRIORS)
        assert not panel.solo.terms[:, -len(DYNAMIC) :].any()


class TestForecast:
    model = fit_model({"kosovo": make_panel(wave(*DAYS), SYSTEM, PRIORS)}, PRIORS)

    def test_it_is_the_same_for_the_same_seed_and_grows_with_the_horizon(self) -> None:
        known = wave(*DAYS).as_known(dt.date(2008, 6, 1))
        one, two = (forecast(self.model, known, SYSTEM, paths=60, seed=3) for _ in range(2))
        np.testing.assert_array_equal(one.probability, two.probability)
        assert (np.diff(one.probability, axis=1) >= -1e-12).all()
        assert (one.low <= one.high).all()
        assert "serbia" not in one.states

    def test_what_comes_later_changes_nothing(self) -> None:
        day = dt.date(2008, 3, 1)
        early = wave(*DAYS[:2]).as_known(day)
        late = wave(*DAYS, ("SEN", "2009-01-01", "2009-01-01")).as_known(day)
        one, two = (forecast(self.model, known, SYSTEM, paths=60) for known in (early, late))
        np.testing.assert_array_equal(one.probability, two.probability)

    def test_log_score_of_an_interval_adds_its_bins(self) -> None:
        known = wave(*DAYS).as_known(dt.date(2008, 3, 10))
        told = forecast(self.model, known, SYSTEM, paths=40)
        results = outcomes(wave(*DAYS), dt.date(2008, 3, 10), told.states)
        scores, acted = log_scores(told, results, (30, 90, 365))
        row = told.states.index("japan")
        assert acted[row] == 1
        assert scores[row] == pytest.approx(np.log(told.probability[row, 1]))
        other = told.states.index("spain")
        assert scores[other] == pytest.approx(np.log1p(-told.probability[other, 2]))


class TestAnswers:
    def test_a_polity_without_history_is_told_as_prior(self) -> None:
        answer = ask_wave("somaliland", dt.date(2024, 6, 1), paths=60)
        assert answer.acts == 0
        assert not answer.is_wave
        assert "No evidence of a wave" in answer.verdict
        assert any("prior" in note for note in answer.notes)
        assert answer.model.high[-1] > answer.model.low[-1]

    def test_a_polity_that_nobody_knows(self) -> None:
        assert ask_wave("freedonia", dt.date(2024, 6, 1), paths=40).acts == 0

    def test_a_day_before_the_claim(self) -> None:
        with pytest.raises(BadDate):
            ask_wave("kosovo", dt.date(2000, 1, 1))


class TestScores:
    def test_equal_scores_share_their_places(self) -> None:
        known = wave(*DAYS)
        results = outcomes(known, dt.date(2008, 2, 1), ["albania", "spain", "peru", "greece"])
        found, percentiles, number = hits(np.zeros(4), results, 365, share=0.5)
        assert number == 2
        assert found == pytest.approx(1.0)
        assert percentiles == pytest.approx(1.0)

    def test_bootstrap_keeps_clusters_together(self) -> None:
        value, low, high = bootstrap_gain({"a": 1.0, "b": 1.0, "c": -0.5}, {"a": 1, "b": 1}, [["a", "b"], ["c"]])
        assert value == pytest.approx(0.75)
        assert low <= value <= high

    def test_interval_of_a_share(self) -> None:
        low, high = binomial_interval(8, 10)
        assert 0.45 < low < 0.8 < high < 0.96


class TestSimulation:
    def test_what_was_put_in_is_found(self) -> None:
        series = wave(*DAYS)
        terms = Terms(series.polity, series.claimed, SYSTEM, PRIORS)
        truth = np.zeros(len(TERMS))
        truth[TERMS.index("intercept")], truth[TERMS.index("log_time")] = -7.0, -0.4
        truth[TERMS.index("votes_patron")], truth[TERMS.index("among_votes")] = 0.6, 0.5
        days = simulate_from_terms(terms, truth, 730, np.random.default_rng(4))
        made = as_series(days, series, SYSTEM, 730)
        chosen = np.array([TERMS.index(n) for n in ("intercept", "log_time", "votes_patron", "among_votes")])
        spells = make_panel(made, SYSTEM, PRIORS).every.columns(chosen)
        found = fit_spells({"own": spells}, np.array([-8.0, 0, 0, 0]), np.array([2.0, 1, 1, 1]), 1e-3)
        away = (found.common - truth[chosen]) / np.sqrt(np.diag(found.covariance))
        assert np.abs(away).max() < 3

    def test_the_test_of_contagion_is_quiet_without_and_loud_with_it(self) -> None:
        acts = [(code, f"2008-{3 + n // 4:02d}-{1 + 6 * (n % 4):02d}", f"2008-{3 + n // 4:02d}-{1 + 6 * (n % 4):02d}")
                for n, code in enumerate(("ALB", "TUR", "FRA", "DEU", "ITA", "PER", "COL", "CRI", "SEN", "GMB", "SLE",
                "LBR", "BFA", "JPN", "KOR", "MYS", "SAU", "BHR", "ARE", "JOR"))]  # fmt: skip
        template = wave(*acts).as_known(dt.date(2009, 2, 17))
        null, days, clustered = null_model(template, SYSTEM)
        assert null.statistic(days, clustered).shape == (4,)
        random = np.random.default_rng(2)
        scores = {}
        for ratio in (1.0, 30.0):
            drawn = [null.statistic(*simulate_contagion(null, random, ratio)).sum() for _ in range(25)]
            scores[ratio] = float(np.mean(drawn))
        assert scores[30.0] > scores[1.0] + 1

    def test_the_sentence_always_names_what_cannot_be_excluded(self) -> None:
        told = contagion_test(wave(*DAYS).as_known(dt.date(2009, 1, 1)), SYSTEM, draws=19)
        assert "cannot be excluded" in told.sentence
        assert "homophily" in told.sentence
        assert contagion_test(wave(*DAYS).as_known(dt.date(2008, 2, 17)), SYSTEM).p_bootstrap == 1.0


class TestBacktest:
    def test_a_given_series_is_never_fitted_on(self) -> None:
        shipped = [wave(*DAYS)]
        given = wave(("IND", "1971-12-06", "1971-12-06"), ("DDR", "1972-01-11", "1972-01-11"),
                     ("GBR", "1972-02-04", "1972-02-04"), code="BGD")  # fmt: skip
        found = backtest(shipped, SYSTEM, given=[given], paths=30).to_dict()
        assert {tuple(one["fitted_on"]) for one in found["origins"]} == {("kosovo",)}
        first = found["origins"][0]
        assert set(first["baselines"]) == {"constant", "decaying", "region_decaying", "self_exciting"}
        assert all(len(p) == 3 for p in first["probability"].values())

    def test_a_shipped_series_of_the_same_polity_is_left_out(self) -> None:
        found = backtest([wave(*DAYS)], SYSTEM, given=[wave(*DAYS)], paths=30)
        assert {one.fitted_on for one in found.origins} == {()}

    def test_a_series_without_one_usable_row_is_answered(self) -> None:
        empty = wave(("QQQ", "2000-13-01", "2000-13-01"), code="ZZZ")
        told = backtest([wave(*DAYS)], SYSTEM, given=[empty], paths=20).to_dict()
        assert told["series"][0]["acts"] == 0
        assert told["series"][0]["rejects"]
        assert any("prior" in note for note in told["series"][0]["notes"])

    def test_a_file_that_goes_on_where_a_shipped_series_ends(self) -> None:
        later = wave(("SEN", "2015-01-01", "2015-01-01"), ("MEX", "2016-01-01", "2016-01-01"))
        found = backtest([wave(*DAYS)], SYSTEM, given=[later], paths=20)
        assert all(one.day >= dt.date(2014, 12, 31) for one in found.origins)
        assert all("albania" not in one.model.states for one in found.origins)
        assert all(one.fitted_on == () for one in found.origins)

    def test_origins_are_at_most_twelve_and_within_the_series(self) -> None:
        many = [(code, f"2008-{month:02d}-{day:02d}", f"2008-{month:02d}-{day:02d}")
                for (month, day), code in zip(((m, d) for m in range(3, 9) for d in (1, 9, 17, 25)), SYSTEM.iso3[:24],
                strict=False)]  # fmt: skip
        days = origins_of(wave(*many))
        assert len(days) <= 12
        assert days == sorted(set(days))
