//! Holds the code to the table of rooms in `docs/architecture.md`, and to what the house style says of files and imports.
//!
//! Reads tokens, not types: paths that begin with `crate`, `super` or `use`. The checks are one function over the text of the
//! document and of the files, so that each rule is shown to fail on a small tree that is made up. Code of tests is exempt.
#![allow(clippy::disallowed_methods, reason = "a test reads the sources from disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The longest that a file may be, not counting the tests in it.
const MOST_LINES: usize = 500;

#[test]
fn code_keeps_to_the_table_of_rooms() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = fs::read_to_string(root.join("docs/architecture.md")).expect("docs/architecture.md is there");
    let mut files = Vec::new();
    read_sources(&root.join("src"), "src", &mut files);
    assert!(files.iter().any(|(path, _)| path == "src/lib.rs"), "no sources were read from {}", root.display());

    let faults = faults_of(&document, &files);
    assert!(faults.is_empty(), "{} to mend:\n{}", faults.len(), faults.join("\n"));
}

/// Reads all Rust files below a folder, in the order of their names.
fn read_sources(folder: &Path, name: &str, files: &mut Vec<(String, String)>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read {name}: {error}"));
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    for entry in names {
        let (path, name) = (folder.join(&entry), format!("{name}/{entry}"));
        if path.is_dir() {
            read_sources(&path, &name, files);
        } else if entry.ends_with(".rs") {
            files.push((name, fs::read_to_string(path).unwrap()));
        }
    }
}

// The rules.

/// Says everything in which the files (path from the package's root, text) do not keep to the document.
fn faults_of(document: &str, files: &[(String, String)]) -> Vec<String> {
    let mut faults = Vec::new();
    let rooms = read_table(document, &mut faults);
    let macros = macros_by_room(&rooms, files);
    let mut uses: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (path, text) in files {
        let code = Code::read(path, text);
        faults.extend(faults_of_shape(path, &code));
        let Some(name) = room_name(path) else { continue };
        let Some(room) = room_called(&rooms, name) else {
            faults.push(format!("{path}: the room `{name}` is missing in docs/architecture.md"));
            continue;
        };
        for (line, target) in code.paths_from_root(module_depth(path)) {
            match room_called(&rooms, target).or_else(|| macros.get(target).copied()) {
                Some(used) if used == room => {}
                Some(used) => {
                    uses.entry(room).or_default().insert(used);
                    if !rooms[room].may_use.contains(&used) {
                        faults.push(format!("{path}:{line}: `{name}` may not use `{target}`"));
                    }
                }
                None if rooms[room].is_binary() => {}
                None => faults.push(format!("{path}:{line}: `{target}` is in no room of docs/architecture.md")),
            }
        }
    }
    faults.extend(circles(&rooms, &uses));
    faults
}

/// Finds what is wrong with a file whatever room it stands in: its length, glob imports, re-exports.
fn faults_of_shape(path: &str, code: &Code) -> Vec<String> {
    let mut faults = Vec::new();
    if code.lines > MOST_LINES {
        faults.push(format!("{path}: {} lines without its tests, {MOST_LINES} are the most", code.lines));
    }
    for import in code.imports() {
        if import.is_glob {
            faults.push(format!("{path}:{}: a glob import hides where names come from", import.line));
        }
        if import.is_public {
            faults.push(format!("{path}:{}: a re-export gives a thing a second path", import.line));
        }
    }
    faults
}

/// Finds rooms that use one another in a circle; each circle is told once, from its first room.
fn circles(rooms: &[Room], uses: &BTreeMap<usize, BTreeSet<usize>>) -> Vec<String> {
    let mut told = BTreeSet::new();
    let mut faults = Vec::new();
    for &start in uses.keys() {
        let Some(circle) = way_back(start, uses) else { continue };
        if told.insert(circle.iter().copied().collect::<BTreeSet<_>>()) {
            let names: Vec<_> = circle.iter().chain([&start]).map(|&room| rooms[room].names[0].as_str()).collect();
            faults.push(format!("rooms in a circle: {}", names.join(" → ")));
        }
    }
    faults
}

/// Finds the shortest way from a room back to itself: the rooms on it, from the first.
fn way_back(start: usize, uses: &BTreeMap<usize, BTreeSet<usize>>) -> Option<Vec<usize>> {
    let mut ways = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let last = *way.last().expect("a way begins at its start");
            for &next in uses.get(&last).into_iter().flatten() {
                if next == start {
                    return Some(way);
                }
                if seen.insert(next) {
                    longer.push(way.iter().copied().chain([next]).collect());
                }
            }
        }
        ways = longer;
    }
    None
}

// The table.

/// One row of the table; `main.rs, cli/` is one room with two names.
struct Room {
    names: Vec<String>,
    may_use: BTreeSet<usize>,
}

impl Room {
    fn is_binary(&self) -> bool {
        self.names.iter().any(|name| name == "main")
    }
}

/// Reads the rows under the heading `| room | … | may use |`. A row may name only rows above it.
fn read_table(document: &str, faults: &mut Vec<String>) -> Vec<Room> {
    let mut rooms: Vec<Room> = Vec::new();
    let rows = document.lines().skip_while(|line| !line.starts_with("| room |")).skip(2);
    for row in rows.take_while(|line| line.starts_with('|')) {
        let cells: Vec<_> = row.trim().trim_matches('|').split('|').map(str::trim).collect();
        let [names, _, may_use] = cells[..] else {
            faults.push(format!("docs/architecture.md: not three cells: {row}"));
            continue;
        };
        let names: Vec<_> =
            names.split(", ").map(|name| name.trim_end_matches(".rs").trim_end_matches('/').to_owned()).collect();
        for name in names.iter().filter(|name| room_called(&rooms, name).is_some()) {
            faults.push(format!("docs/architecture.md: `{name}` has two rows"));
        }
        let mut allowed = BTreeSet::new();
        for used in may_use.split(", ").filter(|used| !used.is_empty()) {
            match used {
                "the rooms above" | "the library" => allowed.extend(0..rooms.len()),
                _ => match room_called(&rooms, used) {
                    Some(room) => drop(allowed.insert(room)),
                    None => faults
                        .push(format!("docs/architecture.md: `{}` names `{used}`, which is no row above it", names[0])),
                },
            }
        }
        rooms.push(Room { names, may_use: allowed });
    }
    if rooms.is_empty() {
        faults.push("docs/architecture.md: there is no table that begins with `| room |`".to_owned());
    }
    rooms
}

fn room_called(rooms: &[Room], name: &str) -> Option<usize> {
    rooms.iter().position(|room| room.names.iter().any(|known| known == name))
}

/// Tells the room that a file stands in; `lib.rs`, which lists the rooms, stands in none.
fn room_name(path: &str) -> Option<&str> {
    let first = path.strip_prefix("src/")?.split('/').next()?;
    Some(first.strip_suffix(".rs").unwrap_or(first)).filter(|name| *name != "lib")
}

/// Tells how many modules deep a file's code is: `src/units/mod.rs` is 1, `src/units/date.rs` is 2.
fn module_depth(path: &str) -> usize {
    let below = path.strip_prefix("src/").unwrap_or(path);
    below.split('/').filter(|part| !matches!(*part, "mod.rs" | "lib.rs" | "main.rs")).count()
}

/// Finds where each macro is written: an exported one stands at the root of the crate, whatever room it belongs to.
fn macros_by_room<'a>(rooms: &[Room], files: &'a [(String, String)]) -> BTreeMap<&'a str, usize> {
    let mut macros = BTreeMap::new();
    for (path, text) in files {
        let Some(room) = room_name(path).and_then(|name| room_called(rooms, name)) else { continue };
        let code = Code::read(path, text);
        for [word, mark, name] in code.tokens.array_windows() {
            if word.text == "macro_rules" && mark.text == "!" {
                macros.insert(name.text, room);
            }
        }
    }
    macros
}

// The code.

/// A file's tokens and lines without its tests.
struct Code<'a> {
    tokens: Vec<Token<'a>>,
    lines: usize,
}

/// A word, `::`, or one other character that is no space.
#[derive(Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    line: usize,
}

/// A `use` statement.
struct Import {
    line: usize,
    is_glob: bool,
    is_public: bool,
}

impl<'a> Code<'a> {
    fn read(path: &str, text: &'a str) -> Self {
        if path.ends_with("/tests.rs") || path.contains("/tests/") {
            return Code { tokens: Vec::new(), lines: 0 };
        }
        let all = tokens(text);
        let mut code = Code { tokens: Vec::new(), lines: text.lines().count() };
        let mut at = 0;
        while at < all.len() {
            if let Some(end) = end_of_tests(&all[at..]) {
                code.lines -= all[at + end].line - all[at].line + 1;
                at += end + 1;
            } else {
                code.tokens.push(all[at]);
                at += 1;
            }
        }
        code
    }

    fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    /// Finds the `use` statements (a `use<…>` in a type is none).
    fn imports(&self) -> Vec<Import> {
        let starts = (0..self.tokens.len()).filter(|&at| self.text(at) == "use" && self.text(at + 1) != "<");
        starts
            .map(|at| {
                let statement = self.tokens[at..].iter().take_while(|token| token.text != ";");
                Import {
                    line: self.tokens[at].line,
                    is_glob: statement.into_iter().any(|token| token.text == "*"),
                    is_public: at > 0 && matches!(self.text(at - 1), "pub" | ")"),
                }
            })
            .collect()
    }

    /// Finds what paths name directly under the root of the crate (`crate::units::…` gives `units`), with the line; `depth` is
    /// how many modules deep the file is, which tells when `super::…` arrives at the root.
    fn paths_from_root(&self, depth: usize) -> Vec<(usize, &'a str)> {
        let mut found = Vec::new();
        let mut modules = Vec::new();
        let mut braces = 0;
        let mut at = 0;
        while at < self.tokens.len() {
            let mut left = usize::MAX;
            match self.text(at) {
                "{" => {
                    braces += 1;
                    if at >= 2 && self.text(at - 2) == "mod" {
                        modules.push(braces);
                    }
                }
                "}" => {
                    modules.pop_if(|opened| *opened == braces);
                    braces -= 1;
                }
                "crate" => left = 0,
                "super" => {
                    left = depth + modules.len() - 1;
                    while self.text(at + 1) == "::" && self.text(at + 2) == "super" {
                        left = left.saturating_sub(1);
                        at += 2;
                    }
                }
                _ => {}
            }
            if left == 0 && self.text(at + 1) == "::" {
                found.extend(self.names_at(at + 2));
            }
            at += 1;
        }
        found
    }

    /// Reads the name at a place, or the first names of a group `{units::date, calendar}`.
    fn names_at(&self, start: usize) -> Vec<(usize, &'a str)> {
        if self.text(start) != "{" {
            return self.tokens.get(start).map(|token| (token.line, token.text)).into_iter().collect();
        }
        let mut names = Vec::new();
        let mut braces = 0;
        for [before, token] in self.tokens[start..].array_windows() {
            match before.text {
                "{" => braces += 1,
                "}" => braces -= 1,
                _ => {}
            }
            if braces == 0 {
                break;
            }
            if braces == 1 && matches!(before.text, "{" | ",") && token.text != "}" {
                names.push((token.line, token.text));
            }
        }
        names
    }
}

/// Finds the end of a module of tests that begins with the first token: the index of its closing brace.
fn end_of_tests(tokens: &[Token]) -> Option<usize> {
    let text = |at: usize| tokens.get(at).map_or("", |token: &Token| token.text);
    let marker = ["#", "[", "cfg", "(", "test", ")", "]"];
    if !marker.iter().enumerate().all(|(at, expected)| text(at) == *expected) {
        return None;
    }
    let mut at = marker.len();
    while text(at) == "#" {
        at += tokens[at..].iter().position(|token| token.text == "]")? + 1;
    }
    if text(at) == "pub" {
        at += tokens[at..].iter().position(|token| token.text == "mod")?;
    }
    if text(at) != "mod" || text(at + 2) != "{" {
        return None;
    }
    let mut braces = 0;
    tokens.iter().position(|token| {
        match token.text {
            "{" => braces += 1,
            "}" => braces -= 1,
            _ => {}
        }
        token.text == "}" && braces == 0
    })
}

/// Splits a text into tokens and leaves out comments, strings and characters.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let skipped = length_without_code(rest);
        let length = match skipped {
            Some(length) => length,
            None if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            None if rest.starts_with("::") => 2,
            None => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        if skipped.is_none() && !first.is_whitespace() {
            tokens.push(Token { text: token, line });
        }
        line += token.matches('\n').count();
        rest = after;
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Measures the comment, string or character that a text begins with.
fn length_without_code(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(length_of_comment(rest));
    }
    let prefix = rest.len() - rest.trim_start_matches(['b', 'c', 'r']).len();
    let body = &rest[prefix..];
    let hashes = body.len() - body.trim_start_matches('#').len();
    if rest[..prefix].ends_with('r') && body[hashes..].starts_with('"') {
        let close = format!("\"{}", "#".repeat(hashes));
        let inner = &body[hashes + 1..];
        return Some(prefix + hashes + 1 + inner.find(&close).map_or(inner.len(), |end| end + close.len()));
    }
    if let Some(inner) = body.strip_prefix('"') {
        return Some(prefix + 1 + length_to(inner, '"'));
    }
    let inner = rest.strip_prefix('\'')?;
    let mut characters = inner.chars();
    match (characters.next()?, characters.next()) {
        ('\\', _) => Some(1 + length_to(inner, '\'')),
        (one, Some('\'')) => Some(1 + one.len_utf8() + 1),
        _ => Some(1), // a lifetime: its name is a word like others
    }
}

/// Measures a block comment, which may hold others.
fn length_of_comment(rest: &str) -> usize {
    let (mut at, mut open) = (0, 0);
    while let Some(found) = rest[at..].find(['/', '*']) {
        at += found;
        match rest.get(at..at + 2) {
            Some("/*") => (open, at) = (open + 1, at + 2),
            Some("*/") => (open, at) = (open - 1, at + 2),
            _ => at += 1,
        }
        if open == 0 {
            return at;
        }
    }
    rest.len()
}

/// Measures a text up to and with its closing quote; a backslash takes the next character along.
fn length_to(inner: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in inner.char_indices() {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == quote {
            return at + character.len_utf8();
        }
    }
    inner.len()
}

// Each rule, shown to fail once.

const TABLE: &str = "
# Rooms

| room | its one job | may use |
|---|---|---|
| source | files | |
| units | durations | |
| model | the handbook | units, source |
| pipeline | the journey | the rooms above |
| main.rs, cli/ | arguments | the library |

And more prose.
";

fn faults(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    faults_of(TABLE, &files)
}

#[test]
fn tree_that_keeps_to_the_table_has_no_fault() {
    let tree = [
        ("src/lib.rs", "pub mod model;\npub mod units;\n"),
        ("src/model/mod.rs", "use crate::units::Date;\nuse super::source;\npub mod service;\n"),
        ("src/model/service.rs", "use crate::{model::Id, units::{Date, Share}};\nuse super::Id;\n"),
        ("src/pipeline.rs", "fn run() { crate::model::read(); }\n"),
        ("src/main.rs", "mod cli;\nuse crate::cli::Arguments;\nuse pledgebook::model::Handbook;\n"),
        ("src/cli/mod.rs", "use crate::VERSION;\n"),
    ];
    assert_eq!(faults(&tree), [""; 0]);
}

#[test]
fn forbidden_import_is_found() {
    let text = "//! Durations.\n\nuse crate::source::Span;\n";
    assert_eq!(faults(&[("src/units/mod.rs", text)]), ["src/units/mod.rs:3: `units` may not use `source`"]);
}

#[test]
fn forbidden_path_is_found_in_a_group_in_code_in_a_macro_and_through_super() {
    let expected = |line| vec![format!("src/units/date.rs:{line}: `units` may not use `model`")];
    for (line, text) in [
        (1, "use crate::{units::{Share, Money}, model::Id};"),
        (2, "fn id() -> u8 {\n    crate::model::id()\n}"),
        (1, "macro_rules! id { () => { $crate::model::Id } }"),
        (1, "use super::super::model::Id;"),
        (2, "mod inner {\n    use super::super::super::model::Id;\n}"),
        (2, "const QUOTE: char = '\"'; const HASH: &str = r#\"\"/*\"#;\nuse crate::model::Id;"),
    ] {
        assert_eq!(faults(&[("src/units/date.rs", text)]), expected(line), "{text}");
    }
}

#[test]
fn comments_strings_and_tests_name_rooms_freely() {
    let text = "// crate::model\n/* /* */ crate::model */\nconst A: &str = \"\\\" crate::model\";\nconst B: &str = r#\"crate::model\"#;
fn f<'a>(x: &'a str) {}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n    use crate::model::Id;\n}\n";
    assert_eq!(faults(&[("src/units/mod.rs", text), ("src/source/tests.rs", "use crate::model::Id;")]), [""; 0]);
}

#[test]
fn macro_belongs_to_the_room_that_writes_it() {
    let tree = [("src/model/mod.rs", "macro_rules! record { () => {} }"), ("src/units/mod.rs", "crate::record!();")];
    assert_eq!(faults(&tree), ["src/units/mod.rs:1: `units` may not use `record`"]);
}

#[test]
fn circle_of_rooms_is_found_once() {
    let tree = [("src/model/mod.rs", "use crate::units::Date;"), ("src/units/mod.rs", "use crate::model::Id;")];
    assert_eq!(
        faults(&tree),
        ["src/units/mod.rs:1: `units` may not use `model`", "rooms in a circle: units → model → units"]
    );
}

#[test]
fn room_missing_in_the_document_is_found() {
    let expected = ["src/cellar/mod.rs: the room `cellar` is missing in docs/architecture.md"];
    assert_eq!(faults(&[("src/cellar/mod.rs", "use crate::units::Date;")]), expected);
    let expected = ["src/model/mod.rs:1: `cellar` is in no room of docs/architecture.md"];
    assert_eq!(faults(&[("src/model/mod.rs", "use crate::cellar::Wine;")]), expected);
}

#[test]
fn row_that_names_a_row_below_it_is_found() {
    let table = TABLE.replace("| source | files | |", "| source | files | units |");
    assert_eq!(faults_of(&table, &[]), ["docs/architecture.md: `source` names `units`, which is no row above it"]);
}

#[test]
fn room_with_two_rows_is_found() {
    let row = "| source | files | |\n";
    let table = TABLE.replace(row, &row.repeat(2));
    assert_eq!(faults_of(&table, &[]), ["docs/architecture.md: `source` has two rows"]);
}

#[test]
fn document_without_the_table_is_found() {
    assert_eq!(faults_of("# Rooms\n", &[]), ["docs/architecture.md: there is no table that begins with `| room |`"]);
}

#[test]
fn file_over_500_lines_is_found_and_its_tests_are_not_counted() {
    let tests = "#[cfg(test)]\n#[allow(clippy::all)]\npub(crate) mod tests {\n    fn a() {}\n}\n";
    let longest = format!("{}{tests}", "fn a() {}\n".repeat(500));
    assert_eq!(faults(&[("src/units/mod.rs", &longest)]), [""; 0]);
    let too_long = format!("fn b() {{}}\n{longest}");
    let expected = ["src/units/mod.rs: 501 lines without its tests, 500 are the most"];
    assert_eq!(faults(&[("src/units/mod.rs", &too_long)]), expected);
}

#[test]
fn glob_import_is_found() {
    let expected = ["src/units/mod.rs:1: a glob import hides where names come from"];
    assert_eq!(faults(&[("src/units/mod.rs", "use std::{fmt::*, fs};")]), expected);
}

#[test]
fn re_export_is_found() {
    let expected = ["src/units/mod.rs:1: a re-export gives a thing a second path"];
    assert_eq!(faults(&[("src/units/mod.rs", "pub use std::time::Duration;")]), expected);
    assert_eq!(faults(&[("src/units/mod.rs", "pub(crate) use std::time::Duration;")]), expected);
    assert_eq!(faults(&[("src/lib.rs", "pub use units::Date;")]), [expected[0].replace("units/mod", "lib")]);
}
