//! Reads a folder of files. Links that lead out of the folder are not followed.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this room reads the content folder")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use walkdir::{DirEntry, WalkDir};

use super::text::SourceText;
use super::{Content, SourceFile, SourceTree, Unusable};

/// The folder below the root that holds the handbook.
pub const CONTENT: &str = "content";
/// The folder in it that holds roles, calendars and the like.
const REGISTERS: &str = "registers";
/// The largest text that is read, in bytes. A page of a handbook has a few thousand.
const MOST_TEXT: u64 = 4 << 20;
/// The largest picture or other file that is copied, in bytes.
const MOST_BYTES: u64 = 64 << 20;
/// Endings of files that are text.
const TEXTS: [&str; 5] = ["md", "yaml", "yml", "csv", "txt"];

/// What keeps a folder from being read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The folder is not there.
    #[error("there is no folder `{0}`")]
    NoFolder(PathBuf),
    /// The folder could not be listed.
    #[error("cannot read the folder `{path}`: {reason}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}

/// Finds the content folder of a root, and its path below it with a slash: `content`, or the root itself where the
/// settings or the registers lie there.
pub fn content_folder(root: &Path, settings: &str) -> (PathBuf, String) {
    let below = root.join(CONTENT);
    if !below.is_dir() && (root.join(settings).is_file() || root.join(REGISTERS).is_dir()) {
        return (root.to_owned(), String::new());
    }
    (below, format!("{CONTENT}/"))
}

/// Reads all files below a folder, hidden ones left out, in parallel.
///
/// A single file that cannot be read is part of the tree as [`Content::Unusable`]; only a folder that cannot be
/// listed is an error.
pub fn read_tree(root: &Path) -> Result<SourceTree, ReadError> {
    read_tree_again(root, &SourceTree::default())
}

/// Reads all files as [`read_tree`] does; a file that holds the same as `before` shares it, and is not decoded again.
pub fn read_tree_again(root: &Path, before: &SourceTree) -> Result<SourceTree, ReadError> {
    if !root.is_dir() {
        return Err(ReadError::NoFolder(root.to_owned()));
    }
    let fault = |path: &Path, reason: String| ReadError::Folder { path: path.to_owned(), reason };
    let home = fs::canonicalize(root).map_err(|error| fault(root, error.to_string()))?;
    let mut entries = Vec::new();
    for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(is_visible) {
        let entry = entry.map_err(|error| fault(error.path().unwrap_or(root), error.to_string()))?;
        if !entry.file_type().is_dir() {
            entries.push(entry);
        }
    }
    Ok(SourceTree::new(entries.par_iter().map(|entry| read_file((root, &home), entry, before)).collect()))
}

fn is_visible(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    entry.depth() == 0 || !(name.starts_with(b".") || name.ends_with(b"~"))
}

fn read_file((root, home): (&Path, &Path), entry: &DirEntry, before: &SourceTree) -> SourceFile {
    let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    let path: Arc<str> = parts.join("/").into();
    let known = before.find(&path).map(|file| &before.file(file).content);
    let content = match below.to_str() {
        None => Content::Unusable(Unusable::PathNotUnicode),
        Some(_) if leads_outside(home, entry) => Content::Unusable(Unusable::LinkOutside),
        Some(_) => read_content(entry.path(), known),
    };
    SourceFile { path, content }
}

/// Tells by its name whether a file is text.
pub fn is_text(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| TEXTS.iter().any(|text| ending.eq_ignore_ascii_case(text)))
}

fn leads_outside(home: &Path, entry: &DirEntry) -> bool {
    entry.path_is_symlink() && !fs::canonicalize(entry.path()).is_ok_and(|target| target.starts_with(home))
}

fn read_content(path: &Path, known: Option<&Content>) -> Content {
    let unreadable = |error: std::io::Error| Content::Unusable(Unusable::Unreadable(error.to_string()));
    let is_text = path.to_str().is_some_and(is_text);
    let most = if is_text { MOST_TEXT } else { MOST_BYTES };
    let size = match fs::metadata(path) {
        Ok(found) if found.is_file() => found.len(),
        Ok(_) => return Content::Unusable(Unusable::Unreadable("it is not a regular file".into())),
        Err(error) => return unreadable(error),
    };
    if size > most {
        return Content::Unusable(Unusable::TooLarge { size, most });
    }
    let read = fs::read(path);
    if let (Ok(bytes), Some(known)) = (&read, known)
        && holds(known, bytes)
    {
        return known.clone();
    }
    match read {
        Ok(bytes) if is_text => decode(bytes),
        Ok(bytes) => Content::Bytes(bytes.into()),
        Err(error) => unreadable(error),
    }
}

/// Gives what a file holds whose bytes are known.
pub(super) fn content(path: &str, bytes: Vec<u8>) -> Content {
    let (is_text, size) = (is_text(path), bytes.len() as u64);
    let most = if is_text { MOST_TEXT } else { MOST_BYTES };
    match is_text {
        _ if size > most => Content::Unusable(Unusable::TooLarge { size, most }),
        true => decode(bytes),
        false => Content::Bytes(bytes.into()),
    }
}

fn holds(known: &Content, bytes: &[u8]) -> bool {
    match known {
        Content::Text(text) => text.as_str().as_bytes() == bytes,
        Content::Bytes(known) => **known == *bytes,
        Content::Unusable(_) => false,
    }
}

/// Decodes a file of text; a byte order mark stays, so that offsets are those of the file.
pub(super) fn decode(bytes: Vec<u8>) -> Content {
    match String::from_utf8(bytes) {
        Ok(text) => match text.find('\0') {
            Some(at) => {
                let place = SourceText::new(text).place(at);
                Content::Unusable(Unusable::ZeroByte { line: place.line, column: place.column })
            }
            None => Content::Text(Arc::new(SourceText::new(text))),
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let good = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
            let place = SourceText::new(good).place(at);
            Content::Unusable(Unusable::NotUtf8 { at, line: place.line, column: place.column })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    #[test]
    fn paths_have_slashes_and_hidden_files_are_left_out() {
        let folder = folder(&[("services/修 理/a b.md", b"x"), (".git/config", b"x"), ("a.md~", b"x")]);
        let tree = read_tree(folder.path()).unwrap();
        assert_eq!(tree.iter().map(|(_, file)| file.path.to_string()).collect::<Vec<_>>(), ["services/修 理/a b.md"]);
    }

    #[test]
    fn a_text_that_is_not_utf8_names_the_place_of_the_first_bad_byte() {
        let folder = folder(&[("a.md", b"ok\nf\xFCr")]);
        let tree = read_tree(folder.path()).unwrap();
        let Content::Unusable(why) = &tree.iter().next().unwrap().1.content else { panic!() };
        assert_eq!(*why, Unusable::NotUtf8 { at: 4, line: 2, column: 2 });
    }

    #[test]
    fn a_zero_byte_is_told_and_a_picture_may_have_one() {
        let folder = folder(&[("a.md", b"a\0"), ("p.png", b"a\0")]);
        let tree = read_tree(folder.path()).unwrap();
        let contents: Vec<_> = tree.iter().map(|(_, file)| &file.content).collect();
        assert!(matches!(contents[0], Content::Unusable(Unusable::ZeroByte { line: 1, column: 2 })));
        assert!(matches!(contents[1], Content::Bytes(_)));
    }

    #[test]
    fn a_text_of_more_than_four_mebibytes_is_not_read() {
        let folder = folder(&[("a.md", &vec![b'['; (4 << 20) + 1])]);
        let tree = read_tree(folder.path()).unwrap();
        assert!(matches!(tree.iter().next().unwrap().1.content, Content::Unusable(Unusable::TooLarge { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed_and_one_within_is() {
        let secret = folder(&[("secret.md", b"secret")]);
        let folder = folder(&[("a.md", b"inside")]);
        std::os::unix::fs::symlink(secret.path().join("secret.md"), folder.path().join("b.md")).unwrap();
        std::os::unix::fs::symlink("a.md", folder.path().join("c.md")).unwrap();
        std::os::unix::fs::symlink("d.md", folder.path().join("d.md")).unwrap();
        let tree = read_tree(folder.path()).unwrap();
        let of = |path: &str| &tree.file(tree.find(path).unwrap()).content;
        assert!(matches!(of("b.md"), Content::Unusable(Unusable::LinkOutside)));
        assert!(matches!(of("c.md"), Content::Text(_)));
        assert!(matches!(of("d.md"), Content::Unusable(_)));
    }

    #[test]
    fn a_file_that_holds_the_same_as_before_is_shared_and_no_other() {
        let folder = folder(&[("a.md", b"same"), ("b.md", b"old"), ("p.png", b"same")]);
        let before = read_tree(folder.path()).unwrap();
        fs::write(folder.path().join("b.md"), "new").unwrap();
        let tree = read_tree_again(folder.path(), &before).unwrap();
        let text = |tree: &SourceTree, path: &str| tree.text(tree.find(path).unwrap()).unwrap().clone();
        assert!(Arc::ptr_eq(&text(&tree, "a.md"), &text(&before, "a.md")));
        assert_eq!(text(&tree, "b.md").as_str(), "new");
        let picture = |tree: &SourceTree| match &tree.file(tree.find("p.png").unwrap()).content {
            Content::Bytes(bytes) => Arc::clone(bytes),
            _ => panic!("a picture is no text"),
        };
        assert!(Arc::ptr_eq(&picture(&tree), &picture(&before)));
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_with_its_path() {
        let error = read_tree(Path::new("/nowhere/at all")).unwrap_err();
        assert_eq!(error.to_string(), "there is no folder `/nowhere/at all`");
    }
}
