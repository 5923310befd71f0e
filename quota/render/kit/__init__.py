"""What every view is made from: words, language, grids, pages, forms. It knows no command."""
