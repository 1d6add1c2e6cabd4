//! A text as HTML for our themes: no inline style, no script, and nothing of the author's markup passes unescaped.
//!
//! Here the walk over the events; elements of blocks, of running text and of footnotes have a file each.

mod block;
mod footnote;
mod inline;

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::part::Part;
use super::plain::Flow;
use super::prose::Prose;
use super::resolve::Rendering;
use super::syntax;
use footnote::Footnotes;

/// Writes a part of a text.
pub(super) fn html(prose: &Prose, part: &Part, rendering: &Rendering<'_>) -> String {
    let mut writer = Writer::new(prose, rendering);
    let mut held = false;
    for (event, range) in syntax::events(prose.texts().parsed) {
        if writer.depth == 0 {
            // A footnote is read wherever it stands, and written where it is cited.
            held = part.holds(range.start) || matches!(event, Event::Start(Tag::FootnoteDefinition(_)));
        }
        match &event {
            Event::Start(_) => writer.depth += 1,
            Event::End(_) => writer.depth = writer.depth.saturating_sub(1),
            Event::TaskListMarker(_) => writer.tasks += 1,
            _ => {}
        }
        if held {
            writer.take(event, range);
        }
    }
    writer.finish()
}

/// A list that is open.
struct OpenList {
    /// Where ` class="tasks"` would stand.
    class_at: usize,
    is_ordered: bool,
    is_tasks: bool,
}

/// A table that is open.
#[derive(Default)]
struct OpenTable {
    alignments: Vec<Alignment>,
    column: usize,
    is_head: bool,
    /// Where the cell begins, to see whether it is empty.
    cell_at: usize,
}

/// A picture whose words are being collected.
struct OpenPicture {
    address: String,
    title: String,
    alt: String,
    depth: usize,
}

struct Writer<'a> {
    prose: &'a Prose,
    rendering: &'a Rendering<'a>,
    out: String,
    flow: Flow,
    depth: usize,
    /// Task markers met so far, those of parts that are left out included.
    tasks: usize,
    label_is_open: bool,
    skips_html: bool,
    lists: Vec<OpenList>,
    table: OpenTable,
    picture: Option<OpenPicture>,
    /// What closes the links that are open.
    links: Vec<&'static str>,
    /// The sections of the wide tables so far.
    wide_tables: Vec<Option<usize>>,
    notes: Footnotes,
}

impl<'a> Writer<'a> {
    fn new(prose: &'a Prose, rendering: &'a Rendering<'a>) -> Self {
        Self {
            prose,
            rendering,
            out: String::with_capacity(prose.text.len() * 3 / 2),
            flow: Flow::default(),
            depth: 0,
            tasks: 0,
            label_is_open: false,
            skips_html: false,
            lists: Vec::new(),
            table: OpenTable::default(),
            picture: None,
            links: Vec::new(),
            wide_tables: Vec::new(),
            notes: Footnotes::new(rendering.note_prefix, &prose.sections),
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.code(&code, &range),
            Event::SoftBreak => {
                let at = self.sink().len();
                self.flow.break_line(at);
            }
            Event::HardBreak => self.break_line(),
            Event::Rule => self.block("<hr>\n"),
            Event::Html(html) if !self.skips_html => {
                let html = self.prose.texts().written(&html, &range).into_owned();
                self.escaped(&html);
            }
            Event::InlineHtml(_) => self.inline_html(&range),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::TaskListMarker(checked) => self.task(checked),
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.picture.is_some() {
            return self.start_in_picture(&tag);
        }
        match tag {
            Tag::Emphasis => self.element("<em>"),
            Tag::Strong => self.element("<strong>"),
            Tag::Strikethrough => self.element("<del>"),
            Tag::Superscript => self.element("<sup>"),
            Tag::Subscript => self.element("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, &range),
            Tag::Image { dest_url, title, .. } => self.start_picture(&dest_url, &title, &range),
            Tag::FootnoteDefinition(label) => {
                self.end_label();
                self.start_footnote(&label);
            }
            block => {
                self.end_label();
                self.start_block(block, &range);
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.picture.is_some() {
            return self.end_in_picture(tag);
        }
        match tag {
            TagEnd::Emphasis => self.element("</em>"),
            TagEnd::Strong => self.element("</strong>"),
            TagEnd::Strikethrough => self.element("</del>"),
            TagEnd::Superscript => self.element("</sup>"),
            TagEnd::Subscript => self.element("</sub>"),
            TagEnd::Link => {
                let close = self.links.pop().unwrap_or("");
                self.element(close);
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            block => {
                self.end_label();
                self.end_block(block);
            }
        }
    }

    /// Adds a tag of running text; a line break before it may still turn out to be none.
    fn element(&mut self, tag: &str) {
        self.out.push_str(tag);
    }

    /// Adds a tag of a block; a line break before it is none.
    fn block(&mut self, tag: &str) {
        self.flow.restart();
        self.out.push_str(tag);
    }

    fn finish(mut self) -> String {
        self.write_footnotes();
        self.out
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::markdown::part::Part;
    use crate::markdown::prose::Prose;
    use crate::markdown::resolve::{Labels, Rendering, Resolved, Resolver, TaskAttributes};
    use crate::markdown::wiki::WikiLink;
    use crate::source::{FileId, Span};

    /// Words that show where each label goes.
    pub(in crate::markdown) fn labels() -> Labels {
        let word = |word: &str| word.to_owned();
        Labels {
            table: word("Table"),
            note: word("Note"),
            tip: word("Tip"),
            important: word("Important"),
            warning: word("Warning"),
            caution: word("Caution"),
            footnotes: word("Footnotes"),
            footnote: word("Footnote"),
            back: word("Back to"),
        }
    }

    /// Knows everything but what is called `gone`.
    pub(in crate::markdown) struct Site;

    impl Resolver for Site {
        fn wiki(&self, link: &WikiLink) -> Resolved {
            match link.target.value.as_str() {
                "gone" => Resolved::Broken { text: link.as_written() },
                "" => Resolved::Plain { html: "<data>10&nbsp;days</data>".to_owned() },
                target => Resolved::Link { href: format!("/{target}/"), html: link.as_written().replace('&', "&amp;") },
            }
        }

        fn link(&self, destination: &str) -> Option<String> {
            (!destination.contains("gone")).then(|| format!("/site/{destination}"))
        }

        fn picture(&self, path: &str) -> Option<String> {
            (!path.contains("gone")).then(|| format!("/pictures/{path}"))
        }

        fn task(&self, n: usize, text: &str) -> TaskAttributes {
            TaskAttributes { id: format!("t{n}"), item: text.len().to_string() }
        }
    }

    pub(in crate::markdown) fn part_of(text: &str, part: impl FnOnce(&Prose) -> Part) -> String {
        let prose = Prose::read(text, Span::new(FileId(0), 9, 9 + text.len()));
        let labels = labels();
        let rendering = Rendering { resolver: &Site, labels: &labels, heading_shift: 1, note_prefix: "p-" };
        prose.html(&part(&prose), &rendering)
    }

    pub(in crate::markdown) fn html_of(text: &str) -> String {
        part_of(text, |_| Part::whole())
    }

    #[test]
    fn a_section_and_the_rest_are_written_apart() {
        let text = "Before.\n\n## A {#a}\nOf a[^1].\n\n### Below\nx\n\n## B\nOf b, [r].\n\n[^1]: Note.\n\n[r]: r.md\n";
        let of_a = |prose: &Prose| prose.section("a").unwrap().clone();
        assert_eq!(
            part_of(text, |prose| Part::whole().without([of_a(prose).whole()])),
            "<p>Before.</p>\n<h3 id=\"b\">B</h3>\n<p>Of b, <a href=\"/site/r.md\">r</a>.</p>\n"
        );
        let body = part_of(text, |prose| Part::only([of_a(prose).body]));
        assert!(body.starts_with("<p>Of a<sup"), "{body}");
        assert!(body.contains("<h4 id=\"below\">Below</h4>"), "{body}");
        assert!(body.contains("<li id=\"p-note-1\"><p>Note. <a"), "{body}");
        assert!(!body.contains("Before") && !body.contains("Of b"), "{body}");
    }

    #[test]
    fn the_tasks_of_a_part_keep_their_numbers_in_the_document() {
        let html = part_of("- [ ] a\n\n# B {#b}\n\n- [ ] bb\n", |prose| Part::only([prose.sections[0].whole()]));
        assert!(html.contains("id=\"t1\" data-item=\"2\""), "{html}");
        assert!(!html.contains("id=\"t0\""), "{html}");
    }

    #[test]
    fn emphasis_closes_at_chinese_punctuation() {
        let cases = [
            ("**办理时限：**三个工作日", "<strong>办理时限：</strong>三个工作日"),
            ("**甲：**乙**丙**丁", "<strong>甲：</strong>乙<strong>丙</strong>丁"),
            ("我们**“保证”**退款", "我们<strong>“保证”</strong>退款"),
            ("达到**95%**的客户", "达到<strong>95%</strong>的客户"),
            ("*注意！*请看", "<em>注意！</em>请看"),
            ("***注意！***请看", "<em><strong>注意！</strong></em>请看"),
            ("~~十天。~~五天", "<del>十天。</del>五天"),
            ("请看**[[a]]**说明", "请看<strong><a href=\"/a/\">a</a></strong>说明"),
            ("请看**[文](b.md)**说明", "请看<strong><a href=\"/site/b.md\">文</a></strong>说明"),
            ("用**`x`**的**95%**人", "用<strong><code>x</code></strong>的<strong>95%</strong>人"),
            ("**（一）**第一条", "<strong>（一）</strong>第一条"),
            ("**𠀀。**𠀀", "<strong>𠀀。</strong>𠀀"),
            ("**重要🎉**后", "<strong>重要🎉</strong>后"),
            ("한국**(어)**는", "한국<strong>(어)</strong>는"),
            ("`**甲：**乙`和\\*甲：*乙", "<code>**甲：**乙</code>和*甲：*乙"),
            ("a **b:**c", "a **b:**c"),
            ("2 * 3 * 4 甲 * 乙", "2 * 3 * 4 甲 * 乙"),
        ];
        for (text, expected) in cases {
            assert_eq!(html_of(text), format!("<p>{expected}</p>\n"), "{text}");
        }
    }

    #[test]
    fn code_and_addresses_show_what_is_written_where_the_parser_saw_something_else() {
        assert_eq!(html_of("```\n**甲：**乙 [[a]]\n```\n").matches("**甲：**乙 [[a]]").count(), 1);
        assert_eq!(
            html_of("> `a [[b]]\n> **甲：**乙`\n"),
            "<blockquote>\n<p><code>a [[b]] **甲：**乙</code></p>\n</blockquote>\n"
        );
        assert_eq!(html_of("[x](甲：**乙)"), "<p><a href=\"/site/甲：**乙\">x</a></p>\n");
        assert!(html_of("| a |\n|---|\n| `[[a|b]]` |\n").contains("<td><code>[[a|b]]</code></td>"));
    }

    #[test]
    fn a_line_break_between_chinese_characters_is_no_space() {
        let cases = [
            ("我们修理\n所有家电，\n包括旧的。", "我们修理所有家电，包括旧的。"),
            ("修理\n**所有**\n家电", "修理<strong>所有</strong>家电"),
            ("见\n[[a|说明]]\n。", "见<a href=\"/a/\">说明</a>。"),
            ("修理\nTV\n和\n`x`", "修理\nTV\n和\n<code>x</code>"),
            ("a\nb", "a\nb"),
            ("修理  \n家电", "修理<br>\n家电"),
            ("한국\n어", "한국\n어"),
        ];
        for (text, expected) in cases {
            assert_eq!(html_of(text), format!("<p>{expected}</p>\n"), "{text}");
        }
    }
}
