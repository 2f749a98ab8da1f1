"""Publishing forms and policies to every device."""
