//! Text and addresses as HTML holds them, and back. Not here: any element.

/// Adds text, fit for the content of an element and for a quoted attribute.
pub(super) fn text(out: &mut String, text: &str) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(entity);
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

/// Adds an address, fit for a quoted attribute; what is encoded already stays so, and letters of all scripts stay.
pub(super) fn address(out: &mut String, address: &str) {
    for c in address.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '\'' => out.push_str("&#39;"),
            '\0'..=' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\u{7f}' => {
                out.push('%');
                out.extend(
                    [u32::from(c) >> 4, u32::from(c) & 15]
                        .iter()
                        .filter_map(|half| char::from_digit(*half, 16))
                        .map(|digit| digit.to_ascii_uppercase()),
                );
            }
            _ => out.push(c),
        }
    }
}

/// Gives the text of a piece of HTML that our own code wrote.
pub(super) fn without_tags(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    for (n, piece) in html.split('<').enumerate() {
        plain.push_str(if n == 0 { piece } else { piece.split_once('>').map_or("", |(_, after)| after) });
    }
    if !plain.contains('&') {
        return plain;
    }
    let decoded = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    decoded.replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(write: fn(&mut String, &str), given: &str) -> String {
        let mut out = String::new();
        write(&mut out, given);
        out
    }

    #[test]
    fn text_cannot_leave_its_element_or_attribute() {
        assert_eq!(with(text, "a < b & \"服务\" > c"), "a &lt; b &amp; &quot;服务&quot; &gt; c");
    }

    #[test]
    fn an_address_cannot_leave_its_attribute_and_is_not_encoded_twice() {
        assert_eq!(with(address, "服务 a%20b?x='1'&\"\n"), "服务%20a%20b?x=&#39;1&#39;&amp;%22%0A");
    }

    #[test]
    fn tags_are_taken_out_and_entities_decoded_once() {
        assert_eq!(without_tags("10&nbsp;<b class=\"x\">days</b> &amp;lt; &lt;"), "10\u{a0}days &lt; <");
        assert_eq!(without_tags("cut <b"), "cut ");
    }
}
