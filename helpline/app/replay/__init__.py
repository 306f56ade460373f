"""``helpline replay``: real dialogues, played through the public API by simulated visitors and agents.

It knows the product only from outside. Whatever it holds against the server it learnt from what the other side received,
and at the end from the database, asked through the API.
"""
