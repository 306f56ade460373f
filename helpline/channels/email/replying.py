"""What somebody said, apart from what their mail program quoted and signed. Nothing is lost: the pieces are the text."""

import re
from dataclasses import dataclass
from typing import Literal

from .quote_words import DATED, FORWARDED, FORWARDS, LABEL, ORIGINAL, SENT_FROM, WROTE_AFTER, WROTE_BEFORE

Kind = Literal["said", "quoted", "signature"]
MOST_LINES_OF_SIGNATURE, LONGEST_LINE_OF_SIGNATURE = 15, 100
DEEPEST_MARKS = 30
MOST_LINES, LONGEST_INTRODUCTION = 20_000, 600
_DELIMITER = re.compile(r"^\s*(?:--+|—+|__{2,}|==={2,}|\*\*\*+)\s*$")
_RULE = re.compile(r"^[\s>]*[-_=—]{5,}\s*$")
_DASHED_NAME = re.compile(r"^\s*[-–—~]\s?[^\W\d_][\w.'-]*(?: [^\W\d_][\w.'-]*){0,3}\s*$")
_CERTAIN = re.compile(r"\d|@")
_CONTACT = re.compile(r"@|https?://|www\.|\+?\(?\d[\d\s().-]{6,}\d")


@dataclass(frozen=True)
class Piece:
    """Some lines of a mail, and what they are."""

    kind: Kind
    text: str


def visible(text: str, *, subject: str = "", sender: str = "") -> str:
    """What is shown of a mail while nothing is unfolded."""
    pieces = split(text, subject=subject, sender=sender)
    spoken = [place for place, piece in enumerate(pieces) if piece.kind == "said"]
    if not spoken:
        return text.strip()
    # Quotes between the lines are what is being answered there: they stay, and so does what leads to them.
    between = [p for p in range(spoken[0], spoken[-1]) if pieces[p].kind == "quoted"]
    first = 0 if between and pieces[0].kind == "quoted" else spoken[0]
    shown = [piece.text for piece in pieces[first : spoken[-1] + 1] if piece.kind != "signature"]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(shown)).strip("\n").rstrip()


def split(text: str, *, subject: str = "", sender: str = "") -> list[Piece]:
    """The whole text in pieces; joined by line breaks they are the text again."""
    lines = text.split("\n")
    kinds: list[Kind] = ["said"] * len(lines)
    _mark_quotes(lines[:MOST_LINES], kinds, forwards=FORWARDS.match(subject) is not None)
    _mark_signatures(lines, kinds, sender)
    pieces: list[tuple[Kind, list[str]]] = []
    for line, kind in zip(lines, kinds, strict=True):
        # Blank lines belong to what they follow.
        if pieces and (pieces[-1][0] == kind or not line.strip()):
            pieces[-1][1].append(line)
        else:
            pieces.append((kind, [line]))
    return [Piece(kind, "\n".join(said)) for kind, said in pieces]


def _mark_quotes(lines: list[str], kinds: list[Kind], *, forwards: bool) -> None:
    at = 0
    while at < len(lines):
        if FORWARDED.match(lines[at]) or (forwards and _is_header_block(lines, at)):
            return
        if _is_marked(lines[at]):
            kinds[at] = "quoted"
            at += 1
            continue
        length = _introduction(lines, at)
        if not length:
            at += 1
            continue
        follows = next((line for line in lines[at + length :] if line.strip()), "")
        # What is marked line by line ends with its marks; what is only introduced goes to the end.
        if follows.lstrip().startswith(">"):
            kinds[at : at + length] = ["quoted"] * length
            at += length
        else:
            kinds[at : len(lines)] = ["quoted"] * (len(lines) - at)
            return


def _is_marked(line: str) -> bool:
    return line.lstrip().startswith(">") and (len(line) < DEEPEST_MARKS or line.strip("> \t") != "")


def _introduction(lines: list[str], at: int) -> int:
    line = lines[at]
    if not line.strip() or line.lstrip().startswith(">") or len(line) > LONGEST_INTRODUCTION:
        return 0
    if ORIGINAL.match(line):
        return 1
    if _RULE.match(line):
        below = next((place for place in range(at + 1, min(at + 4, len(lines))) if lines[place].strip()), 0)
        return below - at + 1 if below and _is_header_block(lines, below) else 0
    if _is_header_block(lines, at):
        return 1
    for length in range(1, 5):
        part = lines[at : at + length]
        if not part[-1].strip() or len(part) < length or (length > 1 and part[-1].lstrip().startswith(">")):
            return 0
        if part[-1].rstrip().endswith((":", "：")):
            said = "\n".join(part)[: 3 * LONGEST_INTRODUCTION]
            if not _CERTAIN.search(said):
                return 0
            if WROTE_BEFORE.match(said):
                return length
            # Without a word that begins it, the first line must show that it is not the last of what was said.
            begins = length == 1 or (_CERTAIN.search(part[0]) and not WROTE_BEFORE.match("\n".join(part[1:])))
            return length if begins and length < 3 and (DATED.match(said) or WROTE_AFTER.match(said)) else 0
    return 0


def _is_header_block(lines: list[str], at: int) -> bool:
    first = LABEL.match(lines[at])
    if not first or first.lastgroup not in {"from", "date", "sent", "subject"}:
        return False
    kinds: set[str] = set()
    read: list[str] = []
    for line in lines[at : at + 12]:
        label = LABEL.match(line)
        if label:
            kinds.add(label.lastgroup or "")
        elif not line.strip() and len(kinds) > 1:
            break
        read.append(line)
    certain = bool(kinds & {"sent", "subject"}) or "@" in "".join(read)
    return certain and "from" in kinds and len(kinds) >= 3


def _mark_signatures(lines: list[str], kinds: list[Kind], sender: str) -> None:
    start = 0
    while start < len(lines):
        if kinds[start] != "said":
            start += 1
            continue
        end = next((place for place in range(start, len(lines)) if kinds[place] != "said"), len(lines))
        begins = _signature(lines, start, end, sender)
        kinds[begins:end] = ["signature"] * (end - begins)
        start = end


def _signature(lines: list[str], start: int, end: int, sender: str) -> int:
    """Where the signature of these lines begins; ``end`` when there is none."""
    while end > start and not lines[end - 1].strip():
        end -= 1
    found = end
    left = sum(bool(line.strip()) for line in lines[start:end])
    for at in range(start, end):
        left -= bool(lines[at].strip())
        is_short = left <= MOST_LINES_OF_SIGNATURE
        if is_short and _DELIMITER.match(lines[at]) and at + 1 < end and _are_short(lines[at:end]):
            found = at
            break
        if (
            at + 1 >= end - 2
            and SENT_FROM.match(lines[at])
            and len(lines[at].split()) <= 7
            and not lines[at].strip().endswith(".")
        ):
            found = at
            break
    while found > start and not lines[found - 1].strip():
        found -= 1
    # Above what is plainly a signature, or at the end: "-Name", and the block with which somebody ends all mails.
    if found > start + 1 and _DASHED_NAME.match(lines[found - 1]):
        return found - 1
    return _block_of(lines, start, found, sender)


def _block_of(lines: list[str], start: int, end: int, sender: str) -> int:
    begins = end
    while begins > start and lines[begins - 1].strip():
        begins -= 1
    block = lines[begins:end]
    if begins <= start or not 1 <= len(block) <= 8 or not _are_short(block):
        return end
    names = set(re.findall(r"[^\W\d_]{3,}", sender.lower().partition("@")[0]))
    named = bool(names & set(re.findall(r"[^\W\d_]{3,}", block[0].lower())))
    details = sum(bool(_CONTACT.search(line)) for line in block)
    if (named and (details or len(block) > 1) and len(block[0].split()) <= 4) or (
        details >= 2 and len(block) >= 3 and details * 2 >= len(block) - 1
    ):
        return begins
    return end


def _are_short(lines: list[str]) -> bool:
    return all(len(line) <= LONGEST_LINE_OF_SIGNATURE for line in lines)
