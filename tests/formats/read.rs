//! Reads back what the formats print, each by a parser of its own.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

/// A finding as it was told; the line of a whole file is zero.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    pub(crate) name: String,
    pub(crate) severity: String,
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) sentence: String,
}

pub(crate) fn concise(text: &str) -> Vec<Told> {
    text.lines().map(one_line).collect()
}

/// Reads `path:line:column: error[name] sentence`.
fn one_line(text: &str) -> Told {
    let ends = ["error", "warning", "info"].map(|word| (word, text.find(&format!(": {word}["))));
    let (severity, at) = ends.into_iter().filter_map(|(word, at)| Some((word, at?))).min_by_key(|(_, at)| *at).unwrap();
    let (path, line) = placed(&text[..at]);
    let (name, sentence) = text[at + severity.len() + 3..].split_once("] ").unwrap();
    Told { name: name.into(), severity: severity.into(), path, line, sentence: sentence.into() }
}

/// Reads `path:line:column`, or the path alone.
fn placed(text: &str) -> (String, usize) {
    let parts: Vec<&str> = text.rsplitn(3, ':').collect();
    match parts[..] {
        [column, line, path] if column.parse::<usize>().is_ok() => (path.to_owned(), line.parse().unwrap()),
        _ => (text.to_owned(), 0),
    }
}

/// Reads the head of each finding, its first place and its help.
pub(crate) fn full(text: &str) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for line in text.lines() {
        let head = ["error", "warning", "info"]
            .into_iter()
            .find_map(|word| Some((word, line.strip_prefix(word)?.strip_prefix('[')?.split_once("]: ")?)));
        let last = told.last_mut();
        if let Some((severity, (name, message))) = head {
            let (name, severity, sentence) = (name.to_owned(), severity.to_owned(), message.to_owned());
            told.push(Told { name, severity, path: String::new(), line: 0, sentence });
        } else if let (Some(place), Some(last)) = (line.trim_start().strip_prefix("--> "), last) {
            (last.path, last.line) = placed(place);
        } else if let (Some((_, help)), Some(last)) = (line.split_once(" = help: "), told.last_mut()) {
            last.sentence = format!("{}; {help}", last.sentence);
        }
    }
    told
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn word(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn number(value: &Value, pointer: &str) -> usize {
    value.pointer(pointer).and_then(Value::as_u64).unwrap_or_default() as usize
}

pub(crate) fn json(text: &str) -> Vec<Told> {
    let told = |found: &Value| {
        let action = found["action"].as_str().map(|action| format!("; {action}")).unwrap_or_default();
        Told {
            name: word(found, "/name"),
            severity: word(found, "/severity"),
            path: word(found, "/path"),
            line: number(found, "/line"),
            sentence: word(found, "/message") + &action,
        }
    };
    parsed(text)["findings"].as_array().unwrap().iter().map(told).collect()
}

pub(crate) fn sarif(text: &str) -> Vec<Told> {
    let document = parsed(text);
    let told = |result: &Value| {
        let rule = &document["runs"][0]["tool"]["driver"]["rules"][number(result, "/ruleIndex")];
        assert_eq!(rule["id"], result["ruleId"], "the index leads to the rule");
        let severity = word(result, "/level").replace("note", "info");
        let place = "/locations/0/physicalLocation";
        Told {
            name: word(result, "/ruleId"),
            severity,
            path: without_percents(&word(result, &format!("{place}/artifactLocation/uri"))),
            line: number(result, &format!("{place}/region/startLine")),
            sentence: word(result, "/message/text"),
        }
    };
    document["runs"][0]["results"].as_array().unwrap().iter().map(told).collect()
}

/// Undoes what an address does to a path.
fn without_percents(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let [first, behind @ ..] = rest {
        let digits = (*first == b'%').then(|| std::str::from_utf8(&behind[..2]).unwrap());
        bytes.push(digits.map_or(*first, |digits| u8::from_str_radix(digits, 16).unwrap()));
        rest = if digits.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).unwrap()
}

pub(crate) fn gitlab(text: &str) -> Vec<Told> {
    let told = |issue: &Value| Told {
        name: word(issue, "/check_name"),
        severity: word(issue, "/severity").replace("critical", "error").replace("major", "warning"),
        path: word(issue, "/location/path"),
        line: number(issue, "/location/lines/begin"),
        sentence: word(issue, "/description"),
    };
    parsed(text).as_array().unwrap().iter().map(told).collect()
}

/// Reads the commands that stand for findings, and gives the other lines.
pub(crate) fn github(text: &str) -> (Vec<Told>, Vec<String>) {
    let (commands, others): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.contains(" file="));
    let told = |line: &&str| {
        let (word, rest) = line.strip_prefix("::").unwrap().split_once(' ').unwrap();
        let (properties, data) = rest.split_once("::").unwrap();
        let property = |name: &str| {
            let properties = properties.split(',').map(|property| property.split_once('=').unwrap());
            properties.filter(|(other, _)| *other == name).map(|(_, value)| without_escapes(value)).next()
        };
        Told {
            name: property("title").unwrap(),
            severity: word.replace("notice", "info"),
            path: property("file").unwrap(),
            line: property("line").map_or(0, |line| line.parse().unwrap()),
            sentence: without_escapes(data),
        }
    };
    (commands.iter().map(told).collect(), others.into_iter().map(str::to_owned).collect())
}

fn without_escapes(text: &str) -> String {
    let pairs = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];
    pairs.iter().fold(text.to_owned(), |text, (escape, letter)| text.replace(escape, letter))
}

pub(crate) fn junit(text: &str) -> Vec<Told> {
    let document = roxmltree::Document::parse(text).unwrap();
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    let told = |case: roxmltree::Node<'_, '_>| {
        let result = case.first_element_child()?;
        let told = one_line(result.text().unwrap());
        let (name, message) = case.attribute("name").unwrap().split_once(": ").unwrap();
        let message = message.trim_end_matches(" (2)");
        assert_eq!((case.attribute("classname"), name), (Some(told.path.as_str()), told.name.as_str()));
        assert_eq!(case.parent_element().unwrap().attribute("name"), Some(told.path.as_str()));
        assert_eq!(result.attribute("message"), Some(told.sentence.as_str()));
        assert!(told.sentence.starts_with(message), "{message}");
        assert_eq!(result.tag_name().name(), if told.severity == "error" { "failure" } else { "skipped" });
        Some(told)
    };
    cases.filter_map(told).collect()
}

/// Reads the rows of the tables; what is code stands between backticks again.
pub(crate) fn markdown(text: &str) -> Vec<Told> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut cell: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableRow | Tag::TableHead) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => {
                let cell = cell.take().unwrap();
                rows.last_mut().into_iter().for_each(|row| row.push(cell.clone()));
            }
            Event::Text(words) => cell.iter_mut().for_each(|cell| cell.push_str(&words)),
            Event::Code(words) => cell.iter_mut().for_each(|cell| *cell += &format!("`{words}`")),
            Event::Start(Tag::Table(_) | Tag::Heading { .. })
            | Event::End(TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::Heading(_)) => {}
            other => panic!("a report has headings and tables of words and code, not {other:?}"),
        }
    }
    rows.retain(|cells| cells[0] != "Place");
    rows.into_iter().map(row).collect()
}

fn row(cells: Vec<String>) -> Told {
    let [place, severity, name, message, action] = &cells[..] else { panic!("{cells:?}") };
    let code = |text: &str| text.strip_prefix('`').and_then(|text| text.strip_suffix('`')).unwrap_or(text).to_owned();
    let place = code(place);
    let (path, line) = match place.rsplit_once(':').map(|(path, line)| (path, line.parse())) {
        Some((path, Ok(line))) => (path.to_owned(), line),
        _ => (place, 0),
    };
    let action = if action.is_empty() { String::new() } else { format!("; {action}") };
    Told { name: code(name), severity: severity.clone(), path, line, sentence: format!("{message}{action}") }
}
