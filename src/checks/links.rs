//! Links to files and headings, and pictures in prose.

use crate::checks::Subject;
use crate::checks::mentions::bound_thing;
use crate::checks::references::{COPY_PICTURE, nearest_picture};
use crate::diagnostic::Diagnostic;
use crate::fields::reader::short;
use crate::markdown::prose::Prose;
use crate::model::kind::Kind;
use crate::source::{FileId, Spanned};
use crate::units::nearest::nearest;

/// Looks at every link and picture in prose.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (file, prose) in subject.prose {
        for link in prose.links.iter().filter(|link| link.is_relative()) {
            found.extend(follow(subject, *file, prose, &link.destination));
        }
        for picture in &prose.pictures {
            let path = resolve(&subject.tree.file(*file).path, &picture.path.value);
            // An address that is not allowed is told as such.
            let forbidden = prose.faults.iter().any(|fault| fault.span == picture.path.span);
            if !forbidden && path.as_ref().is_none_or(|path| !subject.handbook.pictures.contains_key(path)) {
                found.push(missing_picture(subject, &picture.path));
            }
        }
    }
}

/// Finds the path that a relative address means in a file; nothing where it leaves the content folder.
pub fn resolve(from: &str, address: &str) -> Option<String> {
    let address = address.split(['#', '?']).next().unwrap_or_default();
    let decoded = decode(address);
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = if decoded.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    parts.retain(|part| !part.is_empty());
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Undoes the `%20` of an address; what is not Unicode stays as it is written.
fn decode(address: &str) -> String {
    let bytes = address.as_bytes();
    let (mut decoded, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| address.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| address.to_owned())
}

fn follow(subject: &Subject<'_>, file: FileId, prose: &Prose, link: &Spanned<String>) -> Option<Diagnostic> {
    let anchor = link.value.split_once('#').map(|(_, anchor)| decode(anchor));
    let path = subject.tree.file(file).path.clone();
    if link.value.starts_with('#') {
        return tell_heading(subject, prose, &path, &Spanned { value: anchor?, span: link.span });
    }
    let target = resolve(&path, &link.value);
    if target.as_ref().is_some_and(|target| subject.handbook.pictures.contains_key(target)) {
        return None;
    }
    let found = target.as_ref().and_then(|target| subject.tree.find(target));
    match found.and_then(|found| subject.prose.get(&found)) {
        Some(prose) => {
            let anchor = Spanned { value: anchor?, span: link.span };
            tell_heading(subject, prose, target.as_deref()?, &anchor)
        }
        None if found.is_some() => None,
        None => Some(broken(subject, &path, link, target.as_deref())),
    }
}

fn broken(subject: &Subject<'_>, from: &str, link: &Spanned<String>, target: Option<&str>) -> Diagnostic {
    if link.value.is_empty() {
        let told = Diagnostic::error("link/broken", link.span, "this link has no address");
        return told.action("write where it leads, such as `[words](../pages/about.md)`");
    }
    let message = format!("the link leads to no file: `{}`", short(&link.value));
    let told = Diagnostic::error("link/broken", link.span, message);
    let files = subject.tree.iter().map(|(_, file)| file.path.as_ref()).filter(|path| path.ends_with(".md"));
    match target.and_then(|target| nearest(target, files)) {
        Some(near) => {
            let way = way(from, near);
            told.hint(format!("did you mean `{way}`?")).action(format!("write `{way}`"))
        }
        None => told.action("write a reference such as `[[repair/turnaround]]`, or the path of a `.md` file"),
    }
}

/// Gives the way from one file to another as it is written in a link.
pub fn way(from: &str, to: &str) -> String {
    let folders = |path: &str| {
        path.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').map(str::to_owned).collect())
    };
    let (here, there): (Vec<String>, Vec<String>) = (folders(from), folders(to));
    let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
    let name = to.rsplit('/').next().unwrap_or_default().to_owned();
    let up = vec!["..".to_owned(); here.len() - shared];
    up.into_iter().chain(there.into_iter().skip(shared)).chain([name]).collect::<Vec<_>>().join("/")
}

/// Tells an anchor that no heading of a file has.
fn tell_heading(subject: &Subject<'_>, prose: &Prose, path: &str, anchor: &Spanned<String>) -> Option<Diagnostic> {
    let service = path.strip_prefix("services/").and_then(|rest| rest.split('.').next());
    let bound = service.is_some_and(|service| bound_thing(subject.handbook, service, &anchor.value).is_some());
    let known = || prose.sections.iter().map(|section| section.slug.as_str());
    if anchor.value.is_empty() || bound || known().any(|slug| slug == anchor.value) {
        return None;
    }
    let told = Diagnostic::error("link/anchor", anchor.span, format!("there is no heading `#{}`", anchor.value));
    Some(match nearest(&anchor.value, known()) {
        Some(near) => told.hint(format!("did you mean `#{near}`?")).action(format!("write `#{near}`")),
        None => told.action("give the heading an id, such as `## Ready {#ready}`, or leave the part behind `#` out"),
    })
}

/// Tells an anchor of a wiki link that no heading of the thing's file has.
pub fn tell_anchor(
    subject: &Subject<'_>,
    (kind, id): (Kind, &str),
    anchor: &Spanned<String>,
    found: &mut Vec<Diagnostic>,
) {
    let handbook = subject.handbook;
    let file = match kind {
        Kind::Service => handbook.services.get(id).map(|document| document.file),
        Kind::Playbook => handbook.playbooks.get(id).map(|document| document.file),
        Kind::Checklist => handbook.checklists.get(id).map(|document| document.file),
        Kind::Page => handbook.pages.get(id).map(|document| document.file),
        _ => {
            let told = Diagnostic::error(
                "reference/value",
                anchor.span,
                format!("a {} has no value `{}`", kind.word(), anchor.value),
            );
            found.push(told.action("leave the part behind `#` out"));
            return;
        }
    };
    if let Some((file, prose)) = file.and_then(|file| subject.prose.get(&file).map(|prose| (file, prose))) {
        found.extend(tell_heading(subject, prose, &subject.tree.file(file).path, anchor));
    }
}

fn missing_picture(subject: &Subject<'_>, path: &Spanned<String>) -> Diagnostic {
    let message = format!("there is no picture `{}`", short(&path.value));
    let told = Diagnostic::error("picture/missing", path.span, message);
    let from = &subject.tree.file(path.span.file).path;
    match nearest_picture(subject.handbook, &path.value) {
        Some(near) => {
            let way = way(from, near);
            told.hint(format!("did you mean `{way}`?")).action(format!("write `{way}`"))
        }
        None if path.value.contains("://") => told.action(COPY_PICTURE),
        None => told.action("write its path from this file, such as `../../pictures/name.svg`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::found;

    #[test]
    fn a_way_is_written_from_the_file_it_stands_in() {
        assert_eq!(way("services/a.md", "pages/b.md"), "../pages/b.md");
        assert_eq!(way("pages/x/a.md", "pages/b.md"), "../b.md");
        assert_eq!(way("pages/a.md", "pages/b.md"), "b.md");
    }

    #[test]
    fn an_address_is_relative_to_its_file_and_stays_inside() {
        assert_eq!(resolve("pages/guides/a.md", "../../pictures/x.svg").as_deref(), Some("pictures/x.svg"));
        assert_eq!(resolve("pages/a.md", "b.md#c").as_deref(), Some("pages/b.md"));
        assert_eq!(resolve("pages/a.md", "/pictures/x%20y.svg").as_deref(), Some("pictures/x y.svg"));
        assert_eq!(resolve("pages/a.md", "../../secret"), None);
        assert_eq!(resolve("a.md", "%zz"), Some("%zz".into()));
    }

    fn in_page(body: &str) -> Vec<String> {
        let page = format!("---\ntitle: P\nkind: guide\n---\n## One\n{body}\n");
        let files = [
            ("pages/a/p.md", page.as_str()),
            ("pages/q.md", "---\ntitle: Q\nkind: guide\n---\n## Two {#two}\n"),
            ("pictures/x.svg", "<svg/>"),
        ];
        found(&files).into_iter().map(|line| line.replace("pages/a/p.md:", "")).collect()
    }

    #[test]
    fn links_to_files_headings_pictures_and_the_web_are_sound() {
        for body in [
            "[x](../q.md)",
            "[x](../q.md#two)",
            "[x](#one)",
            "[x](/pictures/x.svg)",
            "![x](../../pictures/x.svg)",
            "[x](https://example.org)",
        ] {
            assert_eq!(in_page(body), [""; 0], "{body}");
        }
    }

    #[test]
    fn a_link_to_no_file_is_told_with_the_way_to_the_nearest() {
        assert_eq!(in_page("[x](../qq.md)"), ["link/broken 6 the link leads to no file: `../qq.md` → write `../q.md`"]);
        assert!(in_page("[x](../../../etc.md)")[0].starts_with("link/broken 6"));
    }

    #[test]
    fn a_heading_that_is_not_there_is_told_with_the_nearest() {
        assert_eq!(in_page("[x](../q.md#twoo)"), ["link/anchor 6 there is no heading `#twoo` → write `#two`"]);
        assert!(in_page("[x](#nothing-like-it)")[0].ends_with("or leave the part behind `#` out"));
    }

    #[test]
    fn a_standard_of_a_service_can_be_linked_as_a_heading() {
        let service = crate::checks::bench::service("standards: {quick: {}}\n---\n[x](#quick) [y](#none)\n");
        let lines = found(&[("services/repair.md", &service)]);
        let anchors: Vec<&String> = lines.iter().filter(|line| line.starts_with("link/anchor")).collect();
        assert_eq!(anchors.len(), 1, "{lines:#?}");
        assert!(anchors[0].contains("`#none`"));
    }

    #[test]
    fn a_picture_that_lies_elsewhere_is_told_with_its_way() {
        let line = in_page("![x](x.svg)").remove(0);
        assert!(line.starts_with("picture/missing 6 there is no picture `x.svg`"), "{line}");
        assert!(line.ends_with("write `../../pictures/x.svg`"), "{line}");
    }
}
