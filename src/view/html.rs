//! Text that is ready for a page, and links.

use serde::Serialize;

/// Text that is ready for a page: escaped, with markup where there is some. Templates print it with `| safe`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

impl Html {
    /// Escapes a text.
    pub fn escaped(text: &str) -> Self {
        let mut html = String::with_capacity(text.len() + 8);
        for letter in text.chars() {
            match letter {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                other => html.push(other),
            }
        }
        Self(html)
    }

    /// Tells whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A link to another page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where it leads, relative to the page; empty where the thing has no page.
    pub href: String,
    /// Its words.
    pub title: Html,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_that_markup_uses_is_escaped() {
        assert_eq!(Html::escaped("<a href=\"x\">'&'").0, "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;");
    }
}
