"""Reports: numbers with one formula each, computed from facts, with the rows behind them."""
