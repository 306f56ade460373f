"""``python -m helpline`` is the command line too."""

from helpline.app.cli import main

main()
