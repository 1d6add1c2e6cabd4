//! Text that is ready for a page, and links.

use serde::Serialize;

/// Text that is ready for a page: escaped, with markup where there is some. Templates print it with `| safe`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

impl Html {
    /// Escapes a text.
    pub fn escaped(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        let mut done = 0;
        for (at, byte) in text.bytes().enumerate() {
            let entity = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\'' => "&#39;",
                _ => continue,
            };
            html.push_str(&text[done..at]);
            html.push_str(entity);
            done = at + 1;
        }
        html.push_str(&text[done..]);
        Self(html)
    }

    /// Gives the text: tags left out, entities undone.
    pub fn plain(&self) -> String {
        if !self.0.contains(['<', '&']) {
            return self.0.clone();
        }
        let mut text = String::with_capacity(self.0.len());
        let mut within_tag = false;
        for letter in self.0.chars() {
            match letter {
                '<' => within_tag = true,
                '>' if within_tag => within_tag = false,
                other if !within_tag => text.push(other),
                _ => {}
            }
        }
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        entities.into_iter().fold(text, |text, (entity, letter)| text.replace(entity, letter))
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
    fn the_text_of_html_has_no_tags_and_no_entities() {
        let html = Html("<span lang=\"en\">Salt &amp; <b>pepper</b> &lt;3</span>".into());
        assert_eq!(html.plain(), "Salt & pepper <3");
    }

    #[test]
    fn every_letter_that_markup_uses_is_escaped() {
        assert_eq!(Html::escaped("<a href=\"x\">'&'").0, "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;");
    }
}
