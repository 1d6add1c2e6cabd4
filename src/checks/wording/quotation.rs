//! Which parts of a text stand between quotation marks: words that are only mentioned.

use std::ops::Range;

/// Finds the parts between quotation marks, the marks among them; a mark that is never closed quotes nothing.
pub fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, &[char])> = None;
    for (at, letter) in text.char_indices() {
        match open {
            Some((start, closing)) if closing.contains(&letter) => {
                found.push(start..at + letter.len_utf8());
                open = None;
            }
            Some(_) => {}
            None => open = closing(letter).map(|closing| (at, closing)),
        }
    }
    found
}

/// Gives the marks that may close what a mark opens.
fn closing(letter: char) -> Option<&'static [char]> {
    Some(match letter {
        '"' => &['"'],
        '“' => &['”'],
        '„' => &['“', '”'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '›' => &['‹'],
        '「' => &['」'],
        '『' => &['』'],
        '《' => &['》'],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::quotations;

    fn quoted(text: &str) -> Vec<&str> {
        quotations(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn the_marks_of_each_language_are_known() {
        assert_eq!(
            quoted("say “client” or \"buyer\" – „Klient“, «Kunde», 「顾客」"),
            ["“client”", "\"buyer\"", "„Klient“", "«Kunde»", "「顾客」"]
        );
    }

    #[test]
    fn a_mark_that_is_not_closed_quotes_nothing() {
        assert_eq!(quoted("a 3\" pipe and “so on"), [""; 0]);
    }
}
