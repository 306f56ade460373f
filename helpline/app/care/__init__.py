"""Taking care of an installation: a backup while it runs, a restore that is verified, and a doctor that looks at everything."""
