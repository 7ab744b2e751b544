"""What a plan is: records, figures, payoff. No I/O and no third-party library."""
