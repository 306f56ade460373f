"""Text that was broken into lines for old screens, in whole lines again (RFC 3676)."""


def unfold(text: str, *, delsp: bool = False) -> str:
    """The paragraphs of flowed text; quotes keep the depth they are at."""
    lines: list[str] = []
    goes_on, depth_before = False, 0
    for raw in text.split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        line = raw[depth:].removeprefix(" ")
        if goes_on and depth == depth_before and line != "-- ":
            lines[-1] += line
        else:
            lines.append(">" * depth + (" " if depth else "") + line)
        goes_on = line.endswith(" ") and line != "-- "
        if goes_on and delsp:
            lines[-1] = lines[-1][:-1]
        depth_before = depth
    return "\n".join(line if line == "-- " else line.rstrip() for line in lines)
