"""The components every page is made of; each takes the theme and follows its changes."""
