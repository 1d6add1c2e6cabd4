//! Numbers in digits, with the separators of a language: `1,000`, `2,5`, `1 000`, `½`.
//!
//! Not here: numbers in words (`spelled`), and what is counted (`latin`, `chinese`).

/// How a language separates thousands and decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// The sign before decimals.
    decimal: char,
    /// The sign between groups of three digits.
    group: char,
    /// Whether a plain space may stand between groups.
    spaced: bool,
}

/// `1,234.5`, as in English and Chinese.
pub(super) const POINT: Style = Style { decimal: '.', group: ',', spaced: false };
/// `1.234,5`, as in German.
pub(super) const COMMA: Style = Style { decimal: ',', group: '.', spaced: false };
/// `1 234,5`, as in French.
pub(super) const SPACED: Style = Style { decimal: ',', group: '.', spaced: true };

/// What a run of digits is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Run {
    /// A number, in thousandths.
    Number(u64),
    /// A time of day, a date, a telephone number: nothing that is counted.
    Name,
}

/// Gives the value of a digit, also of a wide one.
pub(super) fn digit(letter: char) -> Option<u64> {
    match letter {
        '0'..='9' => Some(u64::from(letter) - u64::from('0')),
        '０'..='９' => Some(u64::from(letter) - u64::from('０')),
        _ => None,
    }
}

/// Reads the run of digits with which a text begins; gives what it is and how many bytes it has.
pub(super) fn run(text: &str, style: Style) -> Option<(Run, usize)> {
    let first = text.chars().next()?;
    if let Some(fraction) = fraction(first) {
        return Some((Run::Number(fraction), first.len_utf8()));
    }
    digit(first)?;
    let (written, mut end) = letters(text, style);
    let mut value = value(&written, style);
    let more = text.get(end..).and_then(|rest| rest.chars().next()).and_then(|next| Some((next, fraction(next)?)));
    if let (Run::Number(whole), Some((sign, part))) = (value, more) {
        (value, end) = (Run::Number(whole.saturating_add(part)), end + sign.len_utf8());
    }
    Some((value, end))
}

fn fraction(letter: char) -> Option<u64> {
    match letter {
        '½' => Some(500),
        '¼' => Some(250),
        '¾' => Some(750),
        _ => None,
    }
}

/// Collects digits and the signs between them; gives them as plain characters, with their length in the text.
fn letters(text: &str, style: Style) -> (String, usize) {
    let (mut written, mut end) = (String::new(), 0);
    for (at, letter) in text.char_indices() {
        let rest = text.get(at + letter.len_utf8()..).unwrap_or_default();
        if let Some(value) = digit(letter) {
            written.extend(char::from_digit(value as u32, 10));
        } else if matches!(letter, '.' | ',' | ':' | '/' | '：' | '，') && rest.chars().next().and_then(digit).is_some()
        {
            if letter == '，' {
                break;
            }
            written.push(if letter == '：' { ':' } else { letter });
        } else if is_gap(letter, style) && is_group(rest) && !written.contains([':', '/']) {
            written.push(style.group);
        } else {
            break;
        }
        end = at + letter.len_utf8();
    }
    (written, end)
}

fn is_gap(letter: char, style: Style) -> bool {
    matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2009}' | '’' | '\'') || (style.spaced && letter == ' ')
}

/// Tells whether a text begins with just three digits.
fn is_group(text: &str) -> bool {
    text.chars().take_while(|letter| digit(*letter).is_some()).count() == 3
}

fn value(written: &str, style: Style) -> Run {
    let (whole, decimals) = match written.rsplit_once(style.decimal) {
        Some((whole, decimals)) => (whole, decimals),
        None => (written, ""),
    };
    let mut groups = whole.split(style.group);
    let first = groups.next().unwrap_or_default();
    let mut number = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return Run::Name;
        }
        number.push_str(group);
    }
    let padded = number.len() > 1 && number.starts_with('0');
    let odd = |part: &str| part.bytes().any(|byte| !byte.is_ascii_digit());
    if padded || odd(&number) || odd(decimals) || decimals.len() > 3 {
        return Run::Name;
    }
    let parse = |text: &str| text.parse::<u64>().ok();
    let thousandths = || {
        let part = parse(&format!("{decimals:0<3}"))?;
        parse(&number)?.checked_mul(1000)?.checked_add(part)
    };
    thousandths().map_or(Run::Name, Run::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_those_of_the_language() {
        let cases = [
            ("10 days", POINT, 10_000, 2),
            ("1,000 calls", POINT, 1_000_000, 5),
            ("2.5 hours", POINT, 2_500, 3),
            ("1.000 Tage", COMMA, 1_000_000, 5),
            ("2,5 Stunden", COMMA, 2_500, 3),
            ("1 000 jours", SPACED, 1_000_000, 5),
            ("1\u{202f}000 Tage", COMMA, 1_000_000, 7),
            ("10, then", POINT, 10_000, 2),
            ("10.", COMMA, 10_000, 2),
            ("１０天", POINT, 10_000, 6),
            ("2½ hours", POINT, 2_500, 3),
            ("½ hour", POINT, 500, 2),
        ];
        for (text, style, thousandths, length) in cases {
            assert_eq!(run(text, style), Some((Run::Number(thousandths), length)), "{text}");
        }
    }

    #[test]
    fn times_dates_and_telephone_numbers_are_names() {
        for text in ["09:00", "24/7", "24.12.2026", "0221", "1.2.3", "007", "99999999999999999999", "8：30"] {
            assert!(matches!(run(text, POINT), Some((Run::Name, _))), "{text}");
        }
        assert_eq!(run("2,50", POINT), Some((Run::Name, 4)));
        assert_eq!(run("days", POINT), None);
    }
}
