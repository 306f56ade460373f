"""Routing: which agent a waiting conversation goes to, and which conversation a free agent gets next."""
