"""Mails of all shapes through real mail servers, while lines are cut and servers killed: each is taken in exactly once."""
