//! The elements of blocks: headings, lists with tasks, tables, notes, code.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Tag, TagEnd};

use super::{OpenList, OpenTable, Writer};
use crate::markdown::{escape, raw_html};

/// From how many columns on a table may be wider than a small screen, so that it must scroll, by keyboard as well.
const WIDE_TABLE: usize = 3;

impl Writer<'_> {
    pub(super) fn start_block(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { level, .. } => self.start_heading(level as u8, range),
            Tag::BlockQuote(None) => self.block("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.start_note(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind, range),
            Tag::HtmlBlock => {
                self.skips_html = raw_html::is_comment(self.prose.texts().slice(range));
                self.block(if self.skips_html { "" } else { "<p class=\"broken\">" });
            }
            Tag::List(first) => self.start_list(first),
            Tag::Item => self.block("<li>"),
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments, range.start),
            Tag::TableHead => {
                self.table.is_head = true;
                self.start_row("<thead><tr>");
            }
            Tag::TableRow => self.start_row("<tr>"),
            Tag::TableCell => self.start_cell(),
            _ => {}
        }
    }

    pub(super) fn end_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.block("</p>\n"),
            TagEnd::Heading(level) => {
                let end = format!("</h{}>\n", self.level(level as u8));
                self.block(&end);
            }
            TagEnd::BlockQuote(None) => self.block("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.block("</aside>\n"),
            TagEnd::CodeBlock => self.block("</code></pre>\n"),
            TagEnd::HtmlBlock => {
                let end = if std::mem::take(&mut self.skips_html) { "" } else { "</p>\n" };
                self.block(end);
            }
            TagEnd::List(_) => {
                let is_ordered = self.lists.pop().is_some_and(|list| list.is_ordered);
                self.block(if is_ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => self.block("</li>\n"),
            TagEnd::DefinitionList => self.block("</dl>\n"),
            TagEnd::DefinitionListTitle => self.block("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.block("</dd>\n"),
            TagEnd::Table => self.block("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.table.is_head = false;
                self.block("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.block("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            _ => {}
        }
    }

    fn level(&self, level: u8) -> u8 {
        level.saturating_add(self.rendering.heading_shift).clamp(1, 6)
    }

    /// Writes the anchor of a section; a heading within another block begins none, so nothing can lead there.
    fn start_heading(&mut self, level: u8, range: &Range<usize>) {
        let level = self.level(level);
        let sections = &self.prose.sections;
        let section = sections.binary_search_by_key(&range.start, |section| section.heading.start).ok();
        self.flow.restart();
        self.out.push_str(&format!("<h{level}"));
        if let Some(section) = section {
            self.out.push_str(" id=\"");
            escape::text(&mut self.out, &sections[section].slug);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn start_note(&mut self, kind: BlockQuoteKind) {
        let labels = self.rendering.labels;
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", &labels.note),
            BlockQuoteKind::Tip => ("tip", &labels.tip),
            BlockQuoteKind::Important => ("important", &labels.important),
            BlockQuoteKind::Warning => ("warning", &labels.warning),
            BlockQuoteKind::Caution => ("caution", &labels.caution),
        };
        // The role keeps it from being a landmark of its own within the page's main part.
        self.block(&format!("<aside class=\"note note-{class}\" role=\"note\"><p class=\"note-title\">"));
        escape::text(&mut self.out, title);
        self.out.push_str("</p>\n");
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        // What scrolls must be reached by keyboard (WCAG 2.1.1).
        self.block("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(words) = kind {
            let words = self.prose.texts().written(words, range);
            if let Some(language) = words.split_whitespace().next() {
                self.out.push_str(" class=\"language-");
                escape::text(&mut self.out, language);
                self.out.push('"');
            }
        }
        self.out.push('>');
    }

    fn start_list(&mut self, first: Option<u64>) {
        self.block(if first.is_some() { "<ol" } else { "<ul" });
        self.lists.push(OpenList { class_at: self.out.len(), is_ordered: first.is_some(), is_tasks: false });
        match first {
            None | Some(1) => self.out.push_str(">\n"),
            Some(first) => self.out.push_str(&format!(" start=\"{first}\">\n")),
        }
    }

    pub(super) fn task(&mut self, checked: bool) {
        if let Some(list) = self.lists.last_mut().filter(|list| !list.is_tasks) {
            list.is_tasks = true;
            self.out.insert_str(list.class_at, " class=\"tasks\"");
        }
        let n = self.tasks.saturating_sub(1);
        let text = self.prose.task_items.get(n).map_or("", |task| task.text.as_str());
        let mut attributes = self.rendering.resolver.task(n, text);
        if self.prose.sections.iter().any(|section| section.slug == attributes.id) {
            // A section called "Task 1" keeps its anchor, since links lead there and none leads to a box.
            attributes.id.clear();
        }
        self.block("<label><input type=\"checkbox\"");
        for (name, value) in [("id", &attributes.id), ("data-item", &attributes.item)] {
            if !value.is_empty() {
                self.out.push_str(&format!(" {name}=\""));
                escape::text(&mut self.out, value);
                self.out.push('"');
            }
        }
        self.out.push_str(if checked { " checked> " } else { "> " });
        self.label_is_open = true;
    }

    /// Ends the label of a task before whatever block comes next.
    pub(super) fn end_label(&mut self) {
        if std::mem::take(&mut self.label_is_open) {
            self.block("</label>");
        }
    }

    /// Names a wide table by its section; the second one of a section gets a number.
    fn start_table(&mut self, alignments: Vec<Alignment>, at: usize) {
        self.block("<div class=\"table\"");
        if alignments.len() >= WIDE_TABLE {
            self.out.push_str(" role=\"region\" tabindex=\"0\" aria-label=\"");
            escape::text(&mut self.out, &self.rendering.labels.table);
            let section = self.prose.sections.iter().rposition(|section| section.heading.start <= at);
            if let Some(section) = section {
                self.out.push_str(" – ");
                escape::text(&mut self.out, &self.prose.sections[section].title);
            }
            let before = self.wide_tables.iter().filter(|other| **other == section).count();
            if before > 0 {
                self.out.push_str(&format!(" ({})", before + 1));
            }
            self.wide_tables.push(section);
            self.out.push('"');
        }
        self.out.push_str("><table>\n");
        self.table = OpenTable { alignments, ..OpenTable::default() };
    }

    fn start_row(&mut self, tag: &str) {
        self.table.column = 0;
        self.block(tag);
    }

    fn start_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            _ => "",
        };
        self.flow.restart();
        self.out.push_str(if self.table.is_head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(class);
        self.out.push('>');
        self.table.cell_at = self.out.len();
    }

    fn end_cell(&mut self) {
        self.table.column += 1;
        if !self.table.is_head {
            return self.block("</td>");
        }
        if self.out.len() == self.table.cell_at {
            // A heading without words heads nothing.
            let start = self.out.rfind("<th").unwrap_or(self.out.len());
            self.out.truncate(start);
            return self.block("<td></td>");
        }
        self.block("</th>");
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::html_of;

    #[test]
    fn headings_are_shifted_to_six_at_most_and_have_anchors() {
        let html = html_of("# A *b*\n\n###### C {#x .y z=1}\n\n> ## D\n");
        assert_eq!(
            html,
            "<h2 id=\"a-b\">A <em>b</em></h2>\n<h6 id=\"x\">C</h6>\n<blockquote>\n<h3>D</h3>\n</blockquote>\n"
        );
    }

    #[test]
    fn an_anchor_stands_on_a_page_once() {
        assert_eq!(html_of("> # D {#x}\n\n- # E {#x}\n").matches("id=").count(), 0);
        let html = html_of("# T0\n\n- [ ] a\n- [ ] b\n");
        assert!(html.starts_with("<h2 id=\"t0\">T0</h2>\n<ul class=\"tasks\">\n<li><label>"), "{html}");
        assert!(html.contains("<input type=\"checkbox\" data-item=\"1\"> a"), "{html}");
        assert!(html.contains("<input type=\"checkbox\" id=\"t1\""), "{html}");
    }

    #[test]
    fn a_task_has_a_label_around_its_own_words_only() {
        let html = html_of("- [ ] lock *it*\n  - [x] till\n- other\n");
        assert_eq!(
            html,
            "<ul class=\"tasks\">\n<li><label><input type=\"checkbox\" id=\"t0\" data-item=\"7\"> lock <em>it</em></label>\
             <ul class=\"tasks\">\n<li><label><input type=\"checkbox\" id=\"t1\" data-item=\"4\" checked> till</label></li>\n</ul>\n\
             </li>\n<li>other</li>\n</ul>\n"
        );
    }

    #[test]
    fn a_loose_task_keeps_its_paragraphs_and_a_list_its_number() {
        let html = html_of("3. a\n4. [ ] b\n\n   more\n");
        assert!(html.starts_with("<ol class=\"tasks\" start=\"3\">\n<li><p>a</p>\n</li>\n<li><p><label>"), "{html}");
        assert!(html.contains(" b</label></p>\n<p>more</p>"), "{html}");
    }

    #[test]
    fn a_narrow_table_is_plain_and_a_wide_one_can_be_scrolled_and_is_named() {
        assert_eq!(
            html_of("| a | b |\n|:-:|--:|\n| 1 | 2 |\n"),
            "<div class=\"table\"><table>\n<thead><tr><th scope=\"col\" class=\"align-center\">a</th>\
             <th scope=\"col\" class=\"align-right\">b</th></tr></thead>\n<tbody>\n\
             <tr><td class=\"align-center\">1</td><td class=\"align-right\">2</td></tr>\n</tbody></table></div>\n"
        );
        let wide = html_of("# The \"law\"\n\n| | b | c |\n|---|---|---|\n| 1 | 2 | |\n");
        let region = "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table – The &quot;law&quot;\">";
        assert!(wide.contains(region), "{wide}");
        assert!(wide.contains("<thead><tr><td></td><th scope=\"col\">b</th>"), "{wide}");
    }

    #[test]
    fn two_wide_tables_of_a_section_have_different_names() {
        let table = "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n\n";
        let html = html_of(&format!("# A\n\n{table}{table}# B\n\n{table}"));
        for name in ["Table – A\"", "Table – A (2)\"", "Table – B\""] {
            assert_eq!(html.matches(name).count(), 1, "{name} in {html}");
        }
    }

    #[test]
    fn a_bar_in_a_wiki_link_does_not_split_a_cell() {
        let html = html_of("| x |\n|---|\n| [[a|b]] |\n| [[a\\|c]] |\n");
        assert!(
            html.contains("<tr><td><a href=\"/a/\">b</a></td></tr>\n<tr><td><a href=\"/a/\">c</a></td></tr>"),
            "{html}"
        );
    }

    #[test]
    fn a_note_has_the_title_of_its_kind() {
        for (sign, class, title) in [
            ("NOTE", "note", "Note"),
            ("TIP", "tip", "Tip"),
            ("IMPORTANT", "important", "Important"),
            ("WARNING", "warning", "Warning"),
            ("CAUTION", "caution", "Caution"),
        ] {
            let expected = format!(
                "<aside class=\"note note-{class}\" role=\"note\"><p class=\"note-title\">{title}</p>\n<p>x</p>\n</aside>\n"
            );
            assert_eq!(html_of(&format!("> [!{sign}]\n> x\n")), expected);
        }
    }

    #[test]
    fn code_is_escaped_and_names_its_language() {
        assert_eq!(
            html_of("```rust ignore\na < b && [[c]]\n```\n"),
            "<pre tabindex=\"0\"><code class=\"language-rust\">a &lt; b &amp;&amp; [[c]]\n</code></pre>\n"
        );
        assert_eq!(html_of("    **甲：**乙\n"), "<pre tabindex=\"0\"><code>**甲：**乙\n</code></pre>\n");
    }

    #[test]
    fn terms_and_rules_have_their_elements() {
        assert_eq!(html_of("a\n: b\n"), "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n");
        assert_eq!(html_of("---\n"), "<hr>\n");
    }

    #[test]
    fn html_is_shown_as_broken_text_and_comments_are_not_shown() {
        assert_eq!(
            html_of("<div onclick=\"x\">\n*a*\n</div>\n\n<!-- b\n\nc -->\n\nd\n"),
            "<p class=\"broken\">&lt;div onclick=&quot;x&quot;&gt;\n*a*\n&lt;/div&gt;\n</p>\n<p>d</p>\n"
        );
    }
}
