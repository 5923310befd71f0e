"""The report to hand in: page, Word document, charts."""
