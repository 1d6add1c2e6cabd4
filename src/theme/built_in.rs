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
        files.insert(path, ThemeFile { origin, built_in: true, bytes: file.contents().into() });
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}
