AGENTS = []
PASSWORD = ""


def seed(settings):
    return ""
