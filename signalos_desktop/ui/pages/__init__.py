"""The pages of the rail besides the desk."""
