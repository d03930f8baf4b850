"""Check digits: CAS, IMO, ISO 6346, ISO 7064, Russian and Chinese registers."""

import re
import string
import unicodedata

LETTER_VALUES = {letter: 10 + i + (i + 9) // 10 for i, letter in enumerate(string.ascii_uppercase)}
CREDIT_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
INN_COMPANY_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_PERSON_WEIGHTS = ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))


def plain(number: str) -> str:
    """Return *number* in ASCII digits and capital letters, without spaces, dots and hyphens."""
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in unicodedata.normalize("NFKC", number))
    return re.sub(r"[^0-9A-Z]", "", "".join(digits).upper())


def cas(number: str) -> bool:
    """Say whether the last digit of a CAS number is the weighted sum of the others, counted from the right, mod 10."""
    body, check = number[:-1], int(number[-1])
    return sum(weight * int(digit) for weight, digit in enumerate(reversed(body), 1)) % 10 == check


def imo(number: str) -> bool:
    """Say whether the seventh digit of a ship's IMO number is the last digit of the weighted sum of the first six."""
    if len(number) != 7 or int(number) == 0:
        return False
    return sum(weight * int(digit) for weight, digit in zip(range(7, 1, -1), number, strict=False)) % 10 == int(
        number[6]
    )


def container(number: str) -> bool:
    """Say whether the eleventh character of a container number fits the first ten (ISO 6346)."""
    values = [LETTER_VALUES[c] if c.isalpha() else int(c) for c in number[:10]]
    total = sum(value * (1 << place) for place, value in enumerate(values))
    return total % 11 % 10 == int(number[10])


def mod_97(number: str) -> bool:
    """Say whether a number, letters as 10 to 35, leaves 1 when divided by 97 (ISO 7064 MOD 97-10)."""
    return int("".join(str(int(character, 36)) for character in number)) % 97 == 1


def lei(number: str) -> bool:
    """Say whether the check digits of a legal entity identifier fit (ISO 17442)."""
    return len(number) == 20 and mod_97(number)


def iban(number: str) -> bool:
    """Say whether the check digits of an IBAN fit (ISO 13616)."""
    return 15 <= len(number) <= 34 and mod_97(number[4:] + number[:4])


def inn(number: str) -> bool:
    """Say whether the check digits of a Russian taxpayer number (ИНН) fit, of 10 or 12 digits."""
    digits = [int(digit) for digit in number]

    def fits(weights: tuple[int, ...]) -> bool:
        return sum(w * d for w, d in zip(weights, digits, strict=False)) % 11 % 10 == digits[len(weights)]

    if len(digits) not in (10, 12):
        return False
    return fits(INN_COMPANY_WEIGHTS) if len(digits) == 10 else all(fits(weights) for weights in INN_PERSON_WEIGHTS)


def ogrn(number: str) -> bool:
    """Say whether the last digit of a Russian register number (ОГРН, ОГРНИП) is the others mod 11 or 13, mod 10."""
    if len(number) not in (13, 15):
        return False
    return int(number[:-1]) % (11 if len(number) == 13 else 13) % 10 == int(number[-1])


def credit_code(number: str) -> bool:
    """Say whether the check character of a Chinese unified social credit code fits (GB 32100-2015)."""
    if len(number) != 18 or any(character not in CREDIT_CODE_CHARACTERS for character in number):
        return False
    values = [CREDIT_CODE_CHARACTERS.index(character) for character in number]
    total = sum(weight * value for weight, value in zip(CREDIT_CODE_WEIGHTS, values, strict=False))
    return (31 - total % 31) % 31 == values[17]
