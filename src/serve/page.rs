//! What the server puts into pages, and the pages that are its own.

use super::FindingsText;
use super::address::OWN;

/// The script that reloads a page and shows findings over it.
pub const SCRIPT: &str = include_str!("reload.js");

/// Adds the reload script to a page, at its end. `site` is the revision of the site that the page belongs to.
pub fn with_script(html: &[u8], site: u64) -> Vec<u8> {
    let script = format!("<script src=\"{OWN}reload.js\" data-site=\"{site}\" defer></script>\n");
    let end = html.windows(6).rposition(|part| part.eq_ignore_ascii_case(b"</body")).unwrap_or(html.len());
    let (before, after) = html.split_at(end);
    [before, script.as_bytes(), after].concat()
}

/// The page that is shown while there has never been a site. It reloads with every rebuild.
pub fn waiting(findings: Option<&FindingsText>, revision: u64) -> String {
    let nothing = FindingsText { summary: "There is no site yet".to_owned(), ..FindingsText::default() };
    let findings = findings.unwrap_or(&nothing);
    let body = format!(
        "<h1>{}</h1>\n<p>The site appears here as soon as the handbook has no errors. \
         <a href=\"{OWN}findings\">The findings by owner and service</a></p>\n<pre tabindex=\"0\">{}</pre>",
        escape(&findings.summary),
        escape(&findings.text)
    );
    own_page(&findings.summary, &body, &format!("data-waiting=\"{revision}\""))
}

/// The page for an address that leads nowhere in a site that has no such page itself.
pub fn not_found(site: u64) -> String {
    let body = "<h1>There is no such page</h1>\n<p><a href=\"/\">To the home page</a></p>";
    own_page("There is no such page", body, &format!("data-site=\"{site}\""))
}

/// Makes a page of the server's own.
pub(super) fn own_page(title: &str, body: &str, attribute: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{} · Pledgebook</title>\n\
         <style>:root{{color-scheme:light dark;background:light-dark(#fff,#161616);color:light-dark(#1b1b1b,#eee)}}\
         a{{color:light-dark(#0b57d0,#9ec5ff)}}ul{{list-style:none;padding:0}}.error strong{{color:light-dark(#8c1d18,#ffb4ab)}}\
         .warning strong{{color:light-dark(#6b4e00,#ffd68a)}}body{{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;\
         padding:0 1rem}}pre{{font:.875rem/1.5 ui-monospace,monospace;overflow:auto}}li{{margin-block:.75rem;overflow-wrap:anywhere}}</style>\n\
         <body>\n<main>\n{body}\n</main>\n<script src=\"{OWN}reload.js\" {attribute} defer></script>\n</body>\n</html>\n",
        escape(title)
    )
}

/// Writes a text as HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAG: &str = "<script src=\"/_pledgebook/reload.js\" data-site=\"7\" defer></script>\n";

    fn added(html: &str) -> String {
        String::from_utf8(with_script(html.as_bytes(), 7)).unwrap()
    }

    #[test]
    fn script_stands_before_the_last_end_of_the_body() {
        assert_eq!(added("<body>x</BODY></html>"), format!("<body>x{TAG}</BODY></html>"));
        assert_eq!(added("<!-- </body> --><p>服</body>"), format!("<!-- </body> --><p>服{TAG}</body>"));
    }

    #[test]
    fn page_without_an_end_of_the_body_gets_it_at_its_end() {
        assert_eq!(added("<p>x"), format!("<p>x{TAG}"));
        assert_eq!(added(""), TAG);
    }

    #[test]
    fn findings_are_text_and_not_markup() {
        let findings = FindingsText {
            summary: "1 <error>".to_owned(),
            text: "</pre><script>\"&".to_owned(),
            ..FindingsText::default()
        };
        let page = waiting(Some(&findings), 9);
        assert!(page.contains("<h1>1 &lt;error&gt;</h1>"));
        assert!(page.contains("&lt;/pre&gt;&lt;script&gt;&quot;&amp;</pre>"));
        assert!(page.contains("data-waiting=\"9\""));
    }
}
