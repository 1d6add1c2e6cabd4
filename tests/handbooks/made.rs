//! Cases whose files cannot lie in a repository: too large, unreadable, links and pipes.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use snapbox::{assert_data_eq, str};

use super::told_concisely;

/// A handbook without a fault.
fn handbook() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "handbook.yaml", b"title: Northlight\nlanguages: [en]\n");
    write(folder.path(), "registers/roles.yaml", b"desk: {title: Desk}\n");
    write(folder.path(), "pages/about.md", b"---\ntitle: About\nkind: guide\nabout: [repair]\n---\nSee [[repair]].\n");
    folder
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join("content").join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_file_that_is_too_large_is_told_and_nothing_false_is_said_of_what_refers_to_it() {
    let folder = handbook();
    write(folder.path(), "services/repair.md", &vec![b'['; (4 << 20) + 1]);
    fs::create_dir_all(folder.path().join("content/pictures")).unwrap();
    let picture = fs::File::create(folder.path().join("content/pictures/big.png")).unwrap();
    picture.set_len((64 << 20) + 1).unwrap();
    assert_data_eq!(
        told_concisely(folder.path()),
        str![[r#"
content/pictures/big.png: error[file/too-large] the file has 67108865 bytes; at most 67108864 are read; make it smaller
content/services/repair.md: error[file/too-large] the file has 4194305 bytes; at most 4194304 are read; split it into several files

"#]]
    );
}

#[test]
fn links_and_pipes_are_told_and_never_followed_out_of_the_handbook() {
    let folder = handbook();
    let secret = tempfile::tempdir().unwrap();
    fs::write(secret.path().join("repair.md"), "---\ntitle: Secret\n---\n").unwrap();
    let content = folder.path().join("content");
    fs::create_dir_all(content.join("services")).unwrap();
    symlink(secret.path().join("repair.md"), content.join("services/repair.md")).unwrap();
    symlink(secret.path(), content.join("services/outside")).unwrap();
    symlink("..", content.join("services/round")).unwrap();
    symlink("self.md", content.join("services/self.md")).unwrap();
    symlink("../pages/about.md", content.join("pages/same.md")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(content.join("pages/pipe.md")).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo is part of every Unix");
    assert_data_eq!(
        told_concisely(folder.path()),
        str![[r#"
content/pages/pipe.md: error[file/unreadable] the file cannot be read: it is not a regular file; put an ordinary file here that may be read, or remove it
content/services/outside: error[file/link-outside] the link leads nowhere, or out of the content folder; put the file itself here
content/services/repair.md: error[file/link-outside] the link leads nowhere, or out of the content folder; put the file itself here
content/services/round: error[file/unreadable] the file cannot be read: it is not a regular file; put an ordinary file here that may be read, or remove it
content/services/self.md: error[file/link-outside] the link leads nowhere, or out of the content folder; put the file itself here

"#]]
    );
}

#[test]
fn a_file_that_may_not_be_read_is_told() {
    let folder = handbook();
    write(folder.path(), "services/repair.md", b"---\ntitle: Repair\n---\n");
    let path = folder.path().join("content/services/repair.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        return; // Root may read everything.
    }
    assert_data_eq!(
        told_concisely(folder.path()),
        str![[r#"
content/services/repair.md: error[file/unreadable] the file cannot be read: Permission denied (os error 13); put an ordinary file here that may be read, or remove it

"#]]
    );
}
