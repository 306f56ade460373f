"""Composition: settings, consequences, the job loop, web, live updates, the command line. Knows everything, decides nothing."""
