"""How units compare with others: measures, statistics, rankings, comparisons, peers."""
