"""What each command shows, in folders as the commands are."""
