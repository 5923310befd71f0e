"""Rule files: YAML with its lines, validated and amended."""
