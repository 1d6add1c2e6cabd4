//! Addresses of links and pictures: which kinds a text may hold. Not here: where a relative one leads.

/// What an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// Another site: `https:`, `http:` or `//host`.
    Web,
    /// A letter or a call: `mailto:` or `tel:`.
    Contact,
    /// A place of this site.
    Relative,
    /// A scheme that is not allowed, such as `javascript:`.
    Refused,
}

impl Address {
    /// Tells what an address is. Browsers skip spaces and control characters before and within a scheme (WHATWG URL,
    /// 4.4), so whatever has a colon before the first `/`, `?` or `#` must be a known scheme, letter by letter.
    pub(super) fn of(address: &str) -> Self {
        let shown = address.trim_start_matches(|c: char| c.is_control() || c.is_whitespace());
        let head = &shown[..shown.find(['/', '\\', '?', '#']).unwrap_or(shown.len())];
        match head.split_once(':') {
            None if shown.starts_with("//") || shown.starts_with('\\') || shown.starts_with("/\\") => Self::Web,
            None => Self::Relative,
            Some(("http" | "https" | "HTTP" | "HTTPS" | "Http" | "Https", _)) => Self::Web,
            Some(("mailto" | "tel" | "Mailto" | "Tel" | "MAILTO" | "TEL", _)) => Self::Contact,
            Some(_) => Self::Refused,
        }
    }
}

/// Gives the scheme of an address with its colon, to show it.
pub(super) fn scheme(address: &str) -> &str {
    address.find(':').map_or("", |colon| address[..=colon].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_schemes_of_the_list_are_allowed() {
        for refused in ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "vbscript:x", "file:///etc", "a:b"] {
            assert_eq!(Address::of(refused), Address::Refused, "{refused}");
        }
        assert_eq!(Address::of("https://example.org/a:b"), Address::Web);
        assert_eq!(Address::of("//example.org"), Address::Web);
        assert_eq!(Address::of("mailto:a@example.org"), Address::Contact);
        assert_eq!(Address::of("tel:+49-30-1"), Address::Contact);
    }

    #[test]
    fn a_colon_after_a_slash_is_part_of_a_path() {
        for relative in ["a.md", "../a/b:c", "#a:b", "?q=a:b", "", "服务.md"] {
            assert_eq!(Address::of(relative), Address::Relative, "{relative}");
        }
    }

    #[test]
    fn hidden_characters_do_not_hide_a_scheme() {
        for refused in [" javascript:x", "java\tscript:x", "java\nscript:x", "\u{1}javascript:x", "https\u{200b}:x"] {
            assert_eq!(Address::of(refused), Address::Refused, "{refused:?}");
        }
    }

    #[test]
    fn the_scheme_is_shown_with_its_colon() {
        assert_eq!(scheme("javascript:alert(1)"), "javascript:");
        assert_eq!(scheme("a.md"), "");
    }
}
