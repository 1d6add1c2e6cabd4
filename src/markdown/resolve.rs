//! What the renderer must be told by those who know the site: where references lead, and the words of the language.

use super::escape;
use super::wiki::WikiLink;

/// Answers where the references of a text lead.
pub trait Resolver {
    /// Resolves a wiki link.
    fn wiki(&self, link: &WikiLink) -> Resolved;
    /// Gives the address of a relative link; nothing where it leads nowhere. Links to other sites are not asked for.
    fn link(&self, destination: &str) -> Option<String>;
    /// Gives the address of a picture; nothing where there is none. Pictures of other sites are asked for too.
    fn picture(&self, path: &str) -> Option<String>;
    /// Gives the attributes of the check box of the `n`th task of the document, counted from zero.
    fn task(&self, n: usize, text: &str) -> TaskAttributes;
}

/// What a wiki link turned out to be. Fields named `html` are markup already and are written as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// A link.
    Link {
        /// Where it leads.
        href: String,
        /// What is shown.
        html: String,
    },
    /// Text that leads nowhere, such as a value on its own page.
    Plain {
        /// What is shown.
        html: String,
    },
    /// A reference to nothing, shown as broken.
    Broken {
        /// What the author wrote.
        text: String,
    },
}

/// The attributes of a task's check box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskAttributes {
    /// Its id, unique on the page; no attribute where it is empty.
    pub id: String,
    /// What its tick is kept under; no attribute where it is empty.
    pub item: String,
}

/// The words that the renderer adds to a text, in the language of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// The name of a table that may be wider than the screen; the title of its section is added.
    pub table: String,
    /// The title of a note.
    pub note: String,
    /// The title of a tip.
    pub tip: String,
    /// The title of a note that matters.
    pub important: String,
    /// The title of a warning.
    pub warning: String,
    /// The title of a warning of harm.
    pub caution: String,
    /// The name of the list of footnotes.
    pub footnotes: String,
    /// The name of one footnote; its number is added.
    pub footnote: String,
    /// The name of the link from a footnote back to the text; the number is added.
    pub back: String,
}

/// How a text is written as HTML.
#[derive(Clone, Copy)]
pub struct Rendering<'a> {
    /// Who knows where references lead.
    pub resolver: &'a dyn Resolver,
    /// The words that are added.
    pub labels: &'a Labels,
    /// By how much the level of headings is raised: 1 makes `#` an `<h2>`.
    pub heading_shift: u8,
    /// What the ids of footnotes begin with, so that two parts of a text can stand on one page.
    pub note_prefix: &'a str,
}

/// A resolver that knows nothing and shows every reference as it is written: for plain text without a site.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsWritten;

impl Resolver for AsWritten {
    fn wiki(&self, link: &WikiLink) -> Resolved {
        let mut html = String::new();
        escape::text(&mut html, &link.as_written());
        Resolved::Plain { html }
    }

    fn link(&self, destination: &str) -> Option<String> {
        Some(destination.to_owned())
    }

    fn picture(&self, path: &str) -> Option<String> {
        Some(path.to_owned())
    }

    fn task(&self, n: usize, _: &str) -> TaskAttributes {
        TaskAttributes { id: format!("task-{}", n.saturating_add(1)), item: String::new() }
    }
}

/// Writes what a wiki link turned out to be.
pub(super) fn write_html(out: &mut String, resolved: &Resolved) {
    match resolved {
        Resolved::Link { href, html } => {
            out.push_str("<a href=\"");
            escape::address(out, href);
            out.push_str("\">");
            out.push_str(html);
            out.push_str("</a>");
        }
        _ => write_inner_html(out, resolved),
    }
}

/// Writes what a wiki link turned out to be where no link may stand, such as within another link.
pub(super) fn write_inner_html(out: &mut String, resolved: &Resolved) {
    match resolved {
        Resolved::Link { html, .. } | Resolved::Plain { html } => out.push_str(html),
        Resolved::Broken { text } => {
            out.push_str("<span class=\"broken\">");
            escape::text(out, text);
            out.push_str("</span>");
        }
    }
}

/// Gives the words that a reader sees of a wiki link.
pub(super) fn text_of(resolved: &Resolved) -> String {
    match resolved {
        Resolved::Link { html, .. } | Resolved::Plain { html } => escape::without_tags(html),
        Resolved::Broken { text } => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(resolved: &Resolved) -> (String, String) {
        let (mut html, mut inner) = (String::new(), String::new());
        write_html(&mut html, resolved);
        write_inner_html(&mut inner, resolved);
        (html, inner)
    }

    #[test]
    fn an_address_is_escaped_and_markup_is_not() {
        let link = Resolved::Link { href: "/a b?x=1&y=\"".into(), html: "<b>A</b>".into() };
        let (html, inner) = written(&link);
        assert_eq!(html, "<a href=\"/a%20b?x=1&amp;y=%22\"><b>A</b></a>");
        assert_eq!(inner, "<b>A</b>");
        assert_eq!(text_of(&link), "A");
    }

    #[test]
    fn a_broken_reference_is_escaped_and_marked() {
        let (html, inner) = written(&Resolved::Broken { text: "<x>".into() });
        assert_eq!(html, "<span class=\"broken\">&lt;x&gt;</span>");
        assert_eq!(html, inner);
    }
}
