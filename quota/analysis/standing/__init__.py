"""How units stand among others: measures, statistics, rankings, comparisons, peers."""
