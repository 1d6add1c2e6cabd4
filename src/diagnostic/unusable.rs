//! What to say of a file that cannot be used.

use crate::diagnostic::{Diagnostic, Place};
use crate::source::{Content, SourceFile, Unusable};

/// Tells why a file cannot be used; nothing where it can.
pub fn tell(file: &SourceFile, prefix: &str) -> Option<Diagnostic> {
    let Content::Unusable(why) = &file.content else { return None };
    let path = format!("{prefix}{}", file.path);
    let whole = Place::whole(path.clone());
    let at = |line: usize, column: usize| Place::Outside { path: path.as_str().into(), line, column, text: None };
    Some(match why {
        Unusable::NotUtf8 { line, column, .. } => {
            Diagnostic::error("file/not-utf-8", at(*line, *column), "the file is not written in UTF-8")
                .action("save it in your editor with the encoding UTF-8")
        }
        Unusable::ZeroByte { line, column } => {
            Diagnostic::error("file/not-text", at(*line, *column), "the file has a zero byte, so it is no text")
                .action("save it in your editor as text with the encoding UTF-8")
        }
        Unusable::TooLarge { size, most } => {
            let (message, action) = (
                format!("the file has {size} bytes; at most {most} are read"),
                match &file.content {
                    _ if crate::source::disk::is_text(&file.path) => "split it into several files",
                    _ => "make it smaller",
                },
            );
            Diagnostic::error("file/too-large", whole, message).action(action)
        }
        Unusable::LinkOutside => {
            Diagnostic::error("file/link-outside", whole, "the link leads nowhere, or out of the content folder")
                .action("put the file itself here")
        }
        Unusable::Unreadable(reason) => {
            Diagnostic::error("file/unreadable", whole, format!("the file cannot be read: {reason}"))
                .action("put an ordinary file here that may be read, or remove it")
        }
        Unusable::PathNotUnicode => {
            Diagnostic::error("file/name", whole, "the name of the file is not Unicode").action("rename it")
        }
    })
}
