"""What goes on at Kestrel Outdoor: working days, and services from the first message to the completed record."""
