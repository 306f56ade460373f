"""Interchange: a workspace's past and settings as lines of JSON, taken in from elsewhere and given out."""
