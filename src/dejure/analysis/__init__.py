"""Response boards, wave estimates, tests of contagion, backtests and their pictures."""
