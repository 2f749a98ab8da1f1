"""The parts that pages are put together from. None knows a service."""
