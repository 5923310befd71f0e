"""The commands, in folders by what they are for; each file is one command."""
