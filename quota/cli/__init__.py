"""One short file a command: options in, one call, one rendering out."""
