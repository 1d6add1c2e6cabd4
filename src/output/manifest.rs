//! The list, inside the folder, of the files that Pledgebook wrote there. What is not listed is never touched.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::OutputError;
use super::plan::path_fault;

/// The name of the list.
pub const NAME: &str = ".pledgebook-manifest";
/// What names start with, at the top of the folder, that are Pledgebook's own and no files of the site.
const OWN: &str = ".pledgebook-";
/// The list's first line. The number is raised when the form changes.
const HEAD: &str = "pledgebook-manifest 1: these files are replaced and removed by pledgebook, and no others";

/// The files that Pledgebook wrote into a folder, by their paths below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    paths: BTreeSet<String>,
}

impl Manifest {
    /// Reads a folder's list. A folder without one has nothing that Pledgebook wrote.
    pub fn read(folder: &Path) -> Result<Manifest, OutputError> {
        let path = folder.join(NAME);
        match fs::read(&path) {
            Ok(bytes) => parse(&bytes).map_err(|line| OutputError::Manifest { path, line }),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Ok(Manifest::default())
            }
            Err(error) => Err(OutputError::refused("read", &path)(error)),
        }
    }

    /// Lists paths.
    pub fn of<'p>(paths: impl Iterator<Item = &'p str>) -> Manifest {
        Manifest { paths: paths.map(str::to_owned).collect() }
    }

    /// Tells whether a file is listed, by its path below the folder.
    pub fn lists(&self, path: &Path) -> bool {
        path.to_str().is_some_and(|path| self.paths.contains(path))
    }

    /// Tells whether files are listed below a folder, by its path.
    pub fn has_below(&self, folder: &Path) -> bool {
        let Some(folder) = folder.to_str() else { return false };
        let start = format!("{folder}/");
        self.paths.range(start.clone()..).next().is_some_and(|path| path.starts_with(&start))
    }

    /// Walks over the paths in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    /// Writes the list down.
    pub fn text(&self) -> String {
        let mut text = String::from(HEAD);
        for path in &self.paths {
            text.push('\n');
            text.push_str(path);
        }
        text.push('\n');
        text
    }
}

/// Tells whether a path at the top of the folder is Pledgebook's own: the list, a lock or an unfinished site.
pub fn is_own(path: &Path) -> bool {
    let mut parts = path.components();
    parts.next().is_some_and(|part| part.as_os_str().as_encoded_bytes().starts_with(OWN.as_bytes()))
}

fn parse(bytes: &[u8]) -> Result<Manifest, usize> {
    let mut paths = BTreeSet::new();
    let whole = bytes.ends_with(b"\n");
    let mut count = 0;
    for line in bytes.split(|byte| *byte == b'\n') {
        count += 1;
        let line = std::str::from_utf8(line).map_err(|_| count)?;
        match count {
            1 if line != HEAD => return Err(1),
            1 => {}
            _ if line.is_empty() => {}
            _ if path_fault(line).is_some() => return Err(count),
            _ => _ = paths.insert(line.to_owned()),
        }
    }
    if whole { Ok(Manifest { paths }) } else { Err(count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_reads_back_as_written() {
        let manifest = Manifest::of(["index.html", "de/über uns.html", "a/b/c"].into_iter());
        assert_eq!(parse(manifest.text().as_bytes()), Ok(manifest));
    }

    #[test]
    fn paths_that_lead_out_of_the_folder_are_damage() {
        for path in ["../x", "/etc/passwd", "a/../../b", "a//b", "./a"] {
            assert_eq!(parse(format!("{HEAD}\nok\n{path}\n").as_bytes()), Err(3), "{path}");
        }
    }

    #[test]
    fn cut_foreign_or_binary_list_is_damage() {
        assert_eq!(parse(b""), Err(1));
        assert_eq!(parse(b"hello\n"), Err(1));
        assert_eq!(parse(format!("{HEAD}\nindex.ht").as_bytes()), Err(2));
        assert_eq!(parse(&[HEAD.as_bytes(), b"\n\xff\xfe\n"].concat()), Err(2));
    }

    #[test]
    fn folder_without_a_list_has_nothing_of_ours() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(Manifest::read(home.path()).unwrap(), Manifest::default());
        assert_eq!(Manifest::read(&home.path().join("missing")).unwrap(), Manifest::default());
    }

    #[test]
    fn below_means_inside_and_not_beside() {
        let manifest = Manifest::of(["a-b/x", "a.html", "ab/x"].into_iter());
        assert!(!manifest.has_below(Path::new("a")));
        assert!(manifest.has_below(Path::new("ab")) && manifest.lists(Path::new("a.html")));
    }

    #[test]
    fn own_names_are_only_at_the_top() {
        assert!(is_own(Path::new(NAME)) && is_own(Path::new(".pledgebook-staging/3")));
        assert!(!is_own(Path::new("a/.pledgebook-manifest")) && !is_own(Path::new(".gitignore")));
    }
}
