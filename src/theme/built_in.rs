//! The theme that is part of the program.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::ThemeFile;

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Gives all files of the built-in theme.
pub fn files() -> BTreeMap<String, ThemeFile> {
    let mut files = BTreeMap::new();
    collect(&FOLDER, &mut files);
    files
}

fn collect(folder: &Dir<'static>, files: &mut BTreeMap<String, ThemeFile>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let origin = format!("themes/default/{path} (built in)").into();
        let bytes = match file.contents_utf8().filter(|_| path.ends_with(".js")) {
            Some(script) => lean(script).into_bytes().into(),
            None => file.contents().into(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lose_indentation_and_lines_of_comment() {
        assert_eq!(lean("// Why.\nif (a) {\n  // How.\n  b(\"x // y\");\n}\n"), "if (a) {\nb(\"x // y\");\n}\n");
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
