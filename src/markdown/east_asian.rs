//! Characters of Chinese, Japanese and Korean writing, as far as line breaks and emphasis need to know them.

/// Tells whether a character is Han, Kana, Bopomofo, or a full-width sign: a script without spaces between words.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{312F}'     // radicals, ideographic punctuation, Kana, Bopomofo
        | '\u{3190}'..='\u{4DBF}'   // Kanbun to extension A; Hangul jamo for compatibility lie before
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1AFF0}'..='\u{1B16F}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Tells whether words of this character's script stand without spaces around emphasis; Korean is one of them.
pub(super) fn is_east_asian(c: char) -> bool {
    is_wide(c)
        || matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}')
}

/// Tells whether a line break between two characters is no space.
pub(super) fn breaks_without_space(before: char, after: char) -> bool {
    // Quotation marks, the dash and the ellipsis are shared with Latin: their neighbour decides.
    let shared = |c| matches!(c, '\u{2014}' | '\u{2018}'..='\u{201D}' | '\u{2026}' | '\u{00B7}');
    (is_wide(before) && (is_wide(after) || shared(after))) || (shared(before) && is_wide(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_lines_are_joined_and_others_are_not() {
        assert!(breaks_without_space('三', '个'));
        assert!(breaks_without_space('，', '个'));
        assert!(breaks_without_space('カ', '。'));
        assert!(breaks_without_space('”', '三'));
        assert!(!breaks_without_space('三', 'a'));
        assert!(!breaks_without_space('a', '三'));
        assert!(!breaks_without_space('”', 'a'));
        assert!(!breaks_without_space('한', '국'));
    }

    #[test]
    fn korean_counts_for_emphasis_and_latin_does_not() {
        assert!(is_east_asian('한') && is_east_asian('：') && is_east_asian('𠀀'));
        assert!(!is_east_asian('é') && !is_east_asian('“') && !is_east_asian('€'));
    }
}
