"""E-mail: raw mails read, sorted and answered. All of it but what talks to servers is values in, values out."""
