"""Mails: which conversation one belongs to, what is known of each, and the mailboxes they are read from."""
