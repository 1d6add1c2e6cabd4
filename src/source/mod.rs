//! Files as they lie on disk: paths, text, spans. The only reader of a handbook's content.
//!
//! Not here: what a file means (`parse`), and telling anybody about it (`diagnostic`).

pub mod disk;
pub mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

use text::SourceText;

/// Names a file of one [`SourceTree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A stretch of a file, in bytes from its beginning; `start == end` is a place between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// Makes a span from byte offsets.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: clamp(start), end: clamp(end.max(start)) }
    }

    /// Gives the place where the span begins, as an empty span.
    pub fn beginning(self) -> Self {
        Self { end: self.start, ..self }
    }

    /// Gives the part of the span that lies `start..end` bytes into it.
    pub fn part(self, start: usize, end: usize) -> Self {
        Self::new(self.file, self.start as usize + start, self.start as usize + end)
    }
}

/// A value and the place where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

/// What a file held when it was read.
#[derive(Clone, Debug)]
pub enum Content {
    /// UTF-8 text.
    Text(Arc<SourceText>),
    /// A file that is copied as it is, such as a picture.
    Bytes(Arc<[u8]>),
    /// A file that cannot be used, and why.
    Unusable(Unusable),
}

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The text is not UTF-8; the offset is that of the first bad byte.
    NotUtf8 {
        /// Bytes before the first bad one.
        at: usize,
        /// What could be decoded, bad bytes replaced, to show the place.
        line: usize,
        /// One-based column of the bad byte, in characters.
        column: usize,
    },
    /// The file is larger than a handbook's file may be; sizes in bytes.
    TooLarge {
        /// The file's size.
        size: u64,
        /// The largest size that is read.
        most: u64,
    },
    /// A symbolic link that leads out of the handbook.
    LinkOutside,
    /// The operating system refused to read it.
    Unreadable(String),
    /// The path is not Unicode.
    PathNotUnicode,
    /// A zero byte in a file of text.
    ZeroByte {
        /// One-based line.
        line: usize,
        /// One-based column, in characters.
        column: usize,
    },
}

/// One file of a handbook.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path below the content folder, with `/` between the parts.
    pub path: Arc<str>,
    /// What it holds.
    pub content: Content,
}

/// All files of a handbook, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct SourceTree {
    files: Vec<SourceFile>,
    by_path: BTreeMap<Arc<str>, FileId>,
}

impl SourceTree {
    /// Makes a tree of files; they are sorted by path, so that a [`FileId`] follows the order of paths.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|later, earlier| later.path == earlier.path);
        let by_path = files.iter().enumerate().map(|(n, file)| (file.path.clone(), FileId(n as u32))).collect();
        Self { files, by_path }
    }

    /// Makes a tree of texts in memory, for tests and for content that is not on disk.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let file = |(path, text): (&str, &str)| SourceFile {
            path: path.into(),
            content: Content::Text(Arc::new(SourceText::new(text.to_owned()))),
        };
        Self::new(texts.into_iter().map(file).collect())
    }

    /// Makes a tree of the files that a root had in another revision, with the path of its content folder; what lies elsewhere is left
    /// out, as are hidden files.
    pub fn of_revision(files: Vec<(String, Vec<u8>)>, settings: &str) -> (Self, String) {
        let below = format!("{}/", disk::CONTENT);
        let is_root =
            !files.iter().any(|(path, _)| path.starts_with(&below)) && files.iter().any(|(path, _)| path == settings);
        let prefix = if is_root { String::new() } else { below };
        let is_visible = |path: &str| !path.split('/').any(|part| part.starts_with('.') || part.ends_with('~'));
        let file = |(path, bytes): (String, Vec<u8>)| {
            let path = path.strip_prefix(&prefix).filter(|path| is_visible(path))?;
            Some(SourceFile { path: path.into(), content: disk::content(path, bytes) })
        };
        (Self::new(files.into_iter().filter_map(file).collect()), prefix)
    }

    /// Gives the same files with other texts in some of them.
    pub fn with_texts(&self, texts: BTreeMap<FileId, String>) -> Self {
        let mut tree = self.clone();
        for (id, text) in texts {
            if let Some(file) = tree.files.get_mut(id.0 as usize) {
                file.content = Content::Text(Arc::new(SourceText::new(text)));
            }
        }
        tree
    }

    /// Gives a file.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Finds a file by its path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// Walks all files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(n, file)| (FileId(n as u32), file))
    }

    /// Counts the files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Tells whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Gives a file's text, where it has one.
    pub fn text(&self, id: FileId) -> Option<&Arc<SourceText>> {
        match &self.file(id).content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Gives the text that a span covers, or nothing where the file has no text.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).and_then(|text| text.as_str().get(span.start as usize..span.end as usize)).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sorted_by_path_and_found_by_it() {
        let tree = SourceTree::from_texts([("b.md", "two"), ("a.md", "one")]);
        assert_eq!(tree.file(FileId(0)).path.as_ref(), "a.md");
        assert_eq!(tree.find("b.md"), Some(FileId(1)));
        assert_eq!(tree.find("c.md"), None);
        assert_eq!(tree.slice(Span::new(FileId(0), 0, 2)), "on");
    }

    #[test]
    fn a_text_takes_the_place_of_another_and_the_files_keep_their_ids() {
        let tree = SourceTree::from_texts([("a.md", "one"), ("b.md", "two")]);
        let new = tree.with_texts([(FileId(1), "zwei".to_owned()), (FileId(7), "x".to_owned())].into());
        let texts: Vec<_> = new.iter().map(|(id, _)| new.text(id).unwrap().as_str()).collect();
        assert_eq!((texts, new.find("b.md"), new.len()), (vec!["one", "zwei"], Some(FileId(1)), 2));
        assert_eq!(tree.text(FileId(1)).unwrap().as_str(), "two");
    }

    #[test]
    fn a_slice_of_a_wrong_span_is_empty_not_a_panic() {
        let tree = SourceTree::from_texts([("a.md", "服务")]);
        assert_eq!(tree.slice(Span::new(FileId(0), 1, 2)), "");
        assert_eq!(tree.slice(Span::new(FileId(0), 0, 99)), "");
    }
}
