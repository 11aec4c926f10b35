"""Parts that several test layers share."""
