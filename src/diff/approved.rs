//! Which changes somebody has approved: a file with a fingerprint at the start of each line, and whatever else behind it.

use std::collections::BTreeSet;

use super::change::FINGERPRINT;

/// Reads the fingerprints; blank lines and those that begin with `#` are for people. The first line at fault is told, with its
/// number.
pub fn read(text: &str) -> Result<BTreeSet<String>, String> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let written = lines.filter_map(|(at, line)| Some((at + 1, line.split_whitespace().next()?)));
    let of_people = |word: &str| word.starts_with('#');
    let fingerprint = |(line, word): (usize, &str)| match is_fingerprint(word) {
        true => Ok(word.to_ascii_lowercase()),
        false => Err(format!(
            "{line}: `{}` is no fingerprint; a line begins with the {FINGERPRINT} characters that `pledgebook diff` shows behind a change",
            word.chars().take(40).collect::<String>()
        )),
    };
    written.filter(|(_, word)| !of_people(word)).map(fingerprint).collect()
}

fn is_fingerprint(word: &str) -> bool {
    word.len() == FINGERPRINT && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_begins_with_a_fingerprint_and_says_what_it_likes_behind_it() {
        let text = "\u{feff}# Approved by the board\n\n0123456789AB  Parts come later, see minutes of 3 March\r\n  abcdefabcdef\n#x\n";
        assert_eq!(read(text), Ok(BTreeSet::from(["0123456789ab".to_owned(), "abcdefabcdef".to_owned()])));
        assert_eq!(read(""), Ok(BTreeSet::new()));
    }

    #[test]
    fn what_is_no_fingerprint_is_told_with_its_line() {
        for (text, line, word) in [
            ("\nlimit of repair\n", 2, "limit"),
            ("0123456789ab\n0123456789a", 2, "0123456789a"),
            ("0123456789abc", 1, "0123456789abc"),
        ] {
            let told = read(text).unwrap_err();
            assert!(told.starts_with(&format!("{line}: `{word}` is no fingerprint")), "{told}");
        }
        assert!(read(&"ä".repeat(1000)).unwrap_err().len() < 300);
    }
}
