//! What stands in for the files and lines that an example or a test does not write.

use crate::source::SourceTree;

/// The findings about fields that are missing, which an example may leave out.
pub const LEFT_OUT: [&str; 5] =
    ["field/missing", "measure/none", "measure/target-missing", "promise/unbacked", "time/no-clock"];

/// Files that stand in for those that are not named.
pub const FILES: [(&str, &str); 3] = [
    ("handbook.yaml", "title: {en: Handbook, de: Handbuch}\nlanguages: [en, de]\ncalendar: shop\n"),
    (
        "registers/roles.yaml",
        "\
desk: {title: {en: Service desk, de: Annahme}, may_grant: 50 EUR}
lead: {title: {en: Shop manager, de: Leitung}, may_grant: 200 EUR}
",
    ),
    (
        "registers/calendars.yaml",
        "shop: {time_zone: Europe/Berlin, hours: {mon-fri: \"09:00-12:00, 13:30-18:00\", sat: \"09:00-12:00\"}}\n",
    ),
];

/// What stands in besides for an example.
const CHANNELS: (&str, &str) = (
    "registers/channels.yaml",
    "phone: {title: Telephone, calendar: shop}\nmail: {title: E-mail, calendar: shop}\ncounter: {title: Counter, calendar: shop}\n",
);

/// Makes the tree of an example: a Markdown file gets its lines `---`, and the files that are not named are added.
pub fn tree(files: &[(&str, &str)]) -> SourceTree {
    let own = |path: &str| files.iter().any(|(other, _)| *other == path);
    let others =
        FILES.iter().chain([&CHANNELS]).filter(|(path, _)| !own(path)).map(|(path, text)| (*path, (*text).to_owned()));
    let named = files.iter().map(|(path, text)| (*path, whole(path, text)));
    let all: Vec<(&str, String)> = named.chain(others).collect();
    SourceTree::from_texts(all.iter().map(|(path, text)| (*path, text.as_str())))
}

/// Gives the whole text of a file of which the lines that matter are written.
pub fn whole(path: &str, text: &str) -> String {
    if !path.ends_with(".md") || text.starts_with("---\n") {
        return text.to_owned();
    }
    match text.split_once("---\n") {
        Some((front, body)) => format!("---\n{front}---\n{body}"),
        None => format!("---\n{text}---\n"),
    }
}
