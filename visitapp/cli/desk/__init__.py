"""Commands about everything that is on this device."""
