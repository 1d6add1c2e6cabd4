//! The elements of running text: words, links, pictures.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType, Tag, TagEnd};

use super::{OpenPicture, Writer};
use crate::markdown::address::Address;
use crate::markdown::prose::Piece;
use crate::markdown::{escape, raw_html, resolve};

impl Writer<'_> {
    /// Where words go: to the text, or to the words of the picture that is open.
    pub(super) fn sink(&mut self) -> &mut String {
        match &mut self.picture {
            Some(picture) => &mut picture.alt,
            None => &mut self.out,
        }
    }

    /// Adds words; those of a picture are escaped when it ends.
    pub(super) fn escaped(&mut self, text: &str) {
        match &mut self.picture {
            Some(picture) => {
                self.flow.continue_with(&mut picture.alt, text, ' ');
                picture.alt.push_str(text);
            }
            None => {
                self.flow.continue_with(&mut self.out, text, '\n');
                escape::text(&mut self.out, text);
            }
        }
    }

    /// Adds markup that is visible, which makes a line break before it a space.
    pub(super) fn mark(&mut self, html: &str) {
        if self.picture.is_some() {
            return self.escaped(" ");
        }
        self.flow.continue_with(&mut self.out, "<", '\n');
        self.out.push_str(html);
    }

    /// Adds a line break that the author asked for.
    pub(super) fn break_line(&mut self) {
        if self.picture.is_some() {
            return self.escaped(" ");
        }
        self.block("<br>\n");
    }

    pub(super) fn text(&mut self, text: &CowStr<'_>) {
        let prose = self.prose;
        prose.pieces(text, &mut |piece| match piece {
            Piece::Text(text) => self.escaped(text),
            Piece::Link(link) => self.wiki_link(&self.rendering.resolver.wiki(link)),
        });
    }

    fn wiki_link(&mut self, resolved: &resolve::Resolved) {
        let words = resolve::text_of(resolved);
        if self.picture.is_some() {
            return self.escaped(&words);
        }
        self.flow.continue_with(&mut self.out, &words, '\n');
        if self.links.is_empty() {
            resolve::write_html(&mut self.out, resolved);
        } else {
            resolve::write_inner_html(&mut self.out, resolved);
        }
    }

    pub(super) fn code(&mut self, code: &CowStr<'_>, range: &Range<usize>) {
        let code = self.prose.texts().written(code, range);
        if self.picture.is_some() {
            return self.escaped(&code);
        }
        self.flow.continue_with(&mut self.out, &code, '\n');
        self.out.push_str("<code>");
        escape::text(&mut self.out, &code);
        self.out.push_str("</code>");
    }

    pub(super) fn inline_html(&mut self, range: &Range<usize>) {
        let html = self.prose.texts().slice(range);
        if raw_html::is_comment(html) {
            return;
        }
        if self.picture.is_some() {
            return self.escaped(html);
        }
        self.mark("<span class=\"broken\">");
        escape::text(&mut self.out, html);
        self.out.push_str("</span>");
    }

    pub(super) fn start_link(
        &mut self,
        kind: LinkType,
        address: &CowStr<'_>,
        title: &CowStr<'_>,
        range: &Range<usize>,
    ) {
        let written = self.prose.texts().written(address, range).into_owned();
        let (address, relation) = match Address::of(&written) {
            _ if kind == LinkType::Email => (Some(format!("mailto:{written}")), ""),
            Address::Web => (Some(written), " rel=\"noopener\""),
            Address::Contact => (Some(written), ""),
            Address::Relative => (self.rendering.resolver.link(&written), ""),
            Address::Refused => (None, ""),
        };
        let Some(address) = address else {
            self.links.push("</span>");
            return self.element("<span class=\"broken\">");
        };
        self.links.push("</a>");
        self.out.push_str("<a href=\"");
        escape::address(&mut self.out, &address);
        self.out.push('"');
        self.out.push_str(relation);
        let title = self.prose.texts().written(title, range).into_owned();
        self.title(&title);
        self.out.push('>');
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::text(&mut self.out, title);
            self.out.push('"');
        }
    }

    pub(super) fn start_picture(&mut self, address: &CowStr<'_>, title: &CowStr<'_>, range: &Range<usize>) {
        self.mark("");
        let texts = self.prose.texts();
        let (address, title) = (texts.written(address, range).into_owned(), texts.written(title, range).into_owned());
        self.flow.restart();
        self.picture = Some(OpenPicture { address, title, alt: String::new(), depth: 0 });
    }

    pub(super) fn start_in_picture(&mut self, _: &Tag<'_>) {
        if let Some(picture) = &mut self.picture {
            picture.depth += 1;
        }
    }

    pub(super) fn end_in_picture(&mut self, _: TagEnd) {
        match &mut self.picture {
            Some(picture) if picture.depth > 0 => picture.depth -= 1,
            _ => self.end_picture(),
        }
    }

    fn end_picture(&mut self) {
        let Some(picture) = self.picture.take() else { return };
        self.flow.restart();
        self.flow.continue_with(&mut self.out, "<", '\n');
        let address = match Address::of(&picture.address) {
            Address::Web | Address::Relative => self.rendering.resolver.picture(&picture.address),
            Address::Contact | Address::Refused => None,
        };
        let alt = picture.alt.trim();
        let Some(address) = address else {
            self.out.push_str("<span class=\"broken\">");
            escape::text(&mut self.out, if alt.is_empty() { &picture.address } else { alt });
            return self.out.push_str("</span>");
        };
        self.out.push_str("<img src=\"");
        escape::address(&mut self.out, &address);
        self.out.push_str("\" alt=\"");
        escape::text(&mut self.out, alt);
        self.out.push('"');
        self.title(&picture.title);
        self.out.push_str(" loading=\"lazy\">");
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::html_of;

    fn paragraph(text: &str, expected: &str) {
        assert_eq!(html_of(text), format!("<p>{expected}</p>\n"), "{text}");
    }

    #[test]
    fn words_are_escaped_and_emphasised() {
        paragraph(
            "a & b < *c* __d__ ~~e~~ \\* &copy;",
            "a &amp; b &lt; <em>c</em> <strong>d</strong> <del>e</del> * ©",
        );
    }

    #[test]
    fn only_links_to_this_site_are_resolved() {
        paragraph("[a](b.md)", "<a href=\"/site/b.md\">a</a>");
        paragraph("[a](gone.md)", "<span class=\"broken\">a</span>");
        paragraph(
            "[a](https://e.org/gone \"x\\\"y\")",
            "<a href=\"https://e.org/gone\" rel=\"noopener\" title=\"x&quot;y\">a</a>",
        );
        paragraph("<a@e.org>", "<a href=\"mailto:a@e.org\">a@e.org</a>");
        paragraph("[a](tel:+49)", "<a href=\"tel:+49\">a</a>");
    }

    #[test]
    fn a_refused_address_is_never_written() {
        for address in [
            "javascript:alert(1)",
            "JAVASCRIPT:x",
            "<java script:x>",
            "data:text/html,x",
            "&#1;javascript:x",
            "vbscript:x",
        ] {
            paragraph(&format!("[a]({address})"), "<span class=\"broken\">a</span>");
        }
        paragraph("![a](data:image/svg+xml,x)", "<span class=\"broken\">a</span>");
        paragraph("<javascript:x>", "<span class=\"broken\">javascript:x</span>");
    }

    #[test]
    fn wiki_links_are_resolved_and_links_do_not_nest() {
        paragraph(
            "[[a|b & c]] [[gone]] [[#x]]",
            "<a href=\"/a/\">b &amp; c</a> <span class=\"broken\">gone</span> <data>10&nbsp;days</data>",
        );
        paragraph("[x [[a]]](b.md)", "<a href=\"/site/b.md\">x a</a>");
        paragraph("[[ \\[[a]]", "[[ [[a]]");
    }

    #[test]
    fn a_picture_has_words_and_waits_until_it_is_seen() {
        paragraph(
            "![the *old* [[a|\"shop\"]] `x`\ny](p.png \"T\")",
            "<img src=\"/pictures/p.png\" alt=\"the old &quot;shop&quot; x y\" title=\"T\" loading=\"lazy\">",
        );
        paragraph("![](p.png)", "<img src=\"/pictures/p.png\" alt=\"\" loading=\"lazy\">");
        paragraph("![](gone.png)", "<span class=\"broken\">gone.png</span>");
    }

    #[test]
    fn inline_html_is_shown_as_broken_text() {
        paragraph("a<br>b <!-- c -->", "a<span class=\"broken\">&lt;br&gt;</span>b ");
    }
}
