//! The theme that is part of the program.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use super::ThemeFile;

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The files, made ready once.
static FILES: LazyLock<BTreeMap<String, ThemeFile>> = LazyLock::new(|| {
    let mut files = BTreeMap::new();
    collect(&FOLDER, &mut files);
    files
});

/// Gives all files of the built-in theme.
pub fn files() -> &'static BTreeMap<String, ThemeFile> {
    &FILES
}

/// Tells whether a file of the built-in theme was brought unchanged.
pub fn is_unchanged(path: &str, bytes: &[u8]) -> bool {
    FOLDER.get_file(path).is_some_and(|file| file.contents() == bytes)
}

fn collect(folder: &Dir<'static>, files: &mut BTreeMap<String, ThemeFile>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let origin = format!("themes/default/{path} (built in)").into();
        let bytes = match (file.path().extension().and_then(|it| it.to_str()), file.contents_utf8()) {
            (Some("js"), Some(script)) => lean(script).into_bytes().into(),
            (Some("css"), Some(style)) => lean_style(style).into_bytes().into(),
            _ => file.contents().into(),
        };
        files.insert(path, ThemeFile { origin, built_in: true, bytes });
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

/// Leaves comments that fill a line, and indentation, out of a script, which no reader of the site needs.
fn lean(script: &str) -> String {
    let lines = script.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Leaves comments that fill a line, and the spaces around brackets and marks, out of a style.
fn lean_style(style: &str) -> String {
    let lines = style.lines().map(str::trim).filter(|line| !line.starts_with("/*"));
    let mut lean: String = lines.collect();
    for (spaced, bare) in SPACED {
        lean = lean.replace(spaced, bare);
    }
    lean
}

/// Marks of a style beside which a space says nothing, outside quoted texts.
const SPACED: [(&str, &str); 6] = [(" {", "{"), ("{ ", "{"), (" }", "}"), ("; ", ";"), (": ", ":"), (", ", ",")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lose_indentation_and_lines_of_comment() {
        assert_eq!(lean("// Why.\nif (a) {\n  // How.\n  b(\"x // y\");\n}\n"), "if (a) {\nb(\"x // y\");\n}\n");
    }

    #[test]
    fn styles_lose_comments_and_spaces_that_say_nothing() {
        let style = "/* Why. */\n.a, b > c { color: red; margin: 0 1px }\n@media (x: 1) {\n  .a::after { content: \" (\" }\n}\n";
        assert_eq!(lean_style(style), ".a,b > c{color:red;margin:0 1px}@media (x:1){.a::after{content:\" (\"}}");
    }

    #[test]
    fn no_quoted_text_of_a_style_has_a_space_that_would_be_lost_and_no_comment_stands_within_a_line() {
        for file in FOLDER.get_dir("assets").into_iter().flat_map(Dir::files) {
            let Some(style) = file.contents_utf8().filter(|_| file.path().extension().is_some_and(|it| it == "css"))
            else {
                continue;
            };
            for line in style.lines() {
                let quoted = line.split('"').skip(1).step_by(2);
                for text in quoted {
                    assert!(
                        SPACED.iter().all(|(spaced, _)| !text.contains(spaced)),
                        "{}: {line}",
                        file.path().display()
                    );
                }
                assert_eq!(
                    line.trim_start().starts_with("/*"),
                    line.contains("/*"),
                    "{}: {line}",
                    file.path().display()
                );
                assert_eq!(line.contains("/*"), line.contains("*/"), "{}: {line}", file.path().display());
            }
        }
    }

    #[test]
    fn a_file_that_is_brought_as_it_is_built_in_is_known() {
        let raw = FOLDER.get_file("assets/style.css").unwrap().contents();
        assert!(is_unchanged("assets/style.css", raw));
        assert!(!is_unchanged("assets/style.css", b"body {}") && !is_unchanged("assets/own.css", raw));
    }

    #[test]
    fn no_script_has_a_text_of_several_lines_that_would_lose_its_indentation() {
        for file in FOLDER.get_dir("assets").into_iter().flat_map(Dir::files) {
            let Some(script) = file.contents_utf8().filter(|_| file.path().extension().is_some_and(|it| it == "js"))
            else {
                continue;
            };
            for line in script.lines() {
                assert_eq!(line.matches('`').count() % 2, 0, "{}: {line}", file.path().display());
                assert!(!line.contains("/*") || line.contains("*/"), "{}: {line}", file.path().display());
            }
        }
    }
}
