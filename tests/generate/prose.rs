//! Handbooks of any size with prose like that of the shipped one, in one language: sentences whose words follow each other
//! as they do there, names that are seldom the same, and rare words that become more with the size.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use super::Files;

/// A number generator that gives the same numbers each time.
pub(crate) struct Dice(u64);

impl Dice {
    /// Begins at a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Gives a number below another.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).expect("a count")).expect("a count")
    }
}

/// Speaks as the shipped handbook does in a language.
pub(crate) struct Speaker {
    follows: BTreeMap<String, Vec<String>>,
    starts: Vec<String>,
    nouns: Vec<String>,
    han: bool,
}

impl Speaker {
    /// Listens to the Markdown files of a language below a content folder.
    pub(crate) fn listen(content: &Path, language: &str) -> Self {
        let mut speaker =
            Self { follows: BTreeMap::new(), starts: Vec::new(), nouns: Vec::new(), han: language == "zh" };
        let mut nouns = BTreeSet::new();
        for entry in walkdir::WalkDir::new(content).sort_by_file_name().into_iter().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let of = match name.strip_suffix(".md").map(|stem| stem.rsplit_once('.')) {
                Some(Some((_, tag))) => tag.to_owned(),
                Some(None) => "en".to_owned(),
                None => continue,
            };
            if of != language {
                continue;
            }
            let text = std::fs::read_to_string(entry.path()).expect("the shipped handbook can be read");
            let body = text.splitn(3, "---\n").nth(2).unwrap_or_default();
            for line in body.lines().filter(|line| !line.starts_with(['|', '[', '#'])) {
                speaker.learn(line, &mut nouns);
            }
        }
        speaker.nouns = nouns.into_iter().collect();
        speaker
    }

    fn learn(&mut self, line: &str, nouns: &mut BTreeSet<String>) {
        let clean: String = line
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || "'’".contains(c) {
                    c
                } else if ".!?。！？".contains(c) {
                    '.'
                } else {
                    ' '
                }
            })
            .collect();
        for sentence in clean.split('.') {
            let words: Vec<String> = if self.han {
                sentence.chars().filter(|c| !c.is_whitespace() && !c.is_ascii()).map(String::from).collect()
            } else {
                sentence.split_whitespace().map(str::to_owned).collect()
            };
            if words.len() < 4 {
                continue;
            }
            self.starts.push(words[0].clone());
            for pair in words.windows(2) {
                self.follows.entry(pair[0].clone()).or_default().push(pair[1].clone());
                if pair[1].chars().count() > 4 {
                    nouns.insert(pair[1].clone());
                }
            }
            if self.han {
                nouns.extend(words.chunks(2).filter(|pair| pair.len() == 2).map(|pair| pair.concat()));
            }
        }
    }

    /// Gives a word that is rare, the rarer the larger the handbook is.
    fn rare(&self, dice: &mut Dice, size: usize) -> String {
        let number = (dice.below(20 * size + 200) * dice.below(1_000)) / 1_000;
        const PARTS: [&str; 24] = [
            "ma", "ren", "tol", "vis", "ka", "lund", "ber", "si", "tor", "nel", "fa", "gri", "mon", "dal", "per",
            "hul", "ost", "wen", "bra", "ku", "lin", "sta", "vor", "ez",
        ];
        const HAN: [&str; 24] = [
            "松", "江", "临", "泉", "丰", "安", "长", "宁", "海", "林", "阳", "川", "城", "湖", "山", "桥", "河", "岭",
            "田", "港", "平", "梅", "云", "石",
        ];
        let parts = if self.han { &HAN } else { &PARTS };
        let (mut rest, mut word) = (number + 30, String::new());
        while rest > 0 {
            word.push_str(parts[rest % 24]);
            rest /= 24;
        }
        word
    }

    /// Says a sentence.
    pub(crate) fn sentence(&self, dice: &mut Dice, size: usize) -> String {
        let mut word = self.starts[dice.below(self.starts.len())].clone();
        let mut said = word.clone();
        for _ in 0..if self.han { 14 + dice.below(16) } else { 7 + dice.below(12) } {
            let next = match self.follows.get(&word) {
                Some(next) if dice.below(30) > 0 => next[dice.below(next.len())].clone(),
                _ => self.rare(dice, size),
            };
            if !self.han {
                said.push(' ');
            }
            said.push_str(&next);
            word = if self.follows.contains_key(&next) {
                next
            } else {
                self.starts[dice.below(self.starts.len())].clone()
            };
        }
        said.push_str(if self.han { "。" } else { ". " });
        said
    }

    /// Gives a name: some words of the handbook, and often one that is rare.
    pub(crate) fn name(&self, dice: &mut Dice, size: usize) -> String {
        let mut words: Vec<String> =
            (0..1 + dice.below(3)).map(|_| self.nouns[dice.below(self.nouns.len())].clone()).collect();
        if dice.below(2) == 0 {
            words.push(self.rare(dice, size));
        }
        words.join(if self.han { "" } else { " " })
    }

    fn paragraph(&self, dice: &mut Dice, size: usize, sentences: usize) -> String {
        (0..sentences).map(|_| self.sentence(dice, size)).collect::<String>().trim_end().to_owned()
    }
}

/// Makes the files of a handbook of a number of services in one language.
pub(crate) fn handbook(content: &Path, language: &str, services: usize) -> Files {
    let speaker = Speaker::listen(content, language);
    let mut files = registers(language);
    let mut dice = Dice::new(7);
    for number in 0..services {
        files.push((
            format!("services/folder-{}/service-{number}.md", number / 50),
            service(&speaker, &mut dice, services),
        ));
    }
    for number in 0..services.div_ceil(20) {
        let (name, say) = (speaker.name(&mut dice, services), speaker.sentence(&mut dice, services));
        let text = speaker.paragraph(&mut dice, services, 12);
        files.push((
            format!("playbooks/playbook-{number}.md"),
            format!("---\ntitle: \"{name}\"\ncues: [\"{}\"]\nsay: [\"{}\"]\n---\n{text}\n", say.trim(), say.trim()),
        ));
        files.push((format!("pages/page-{number}.md"), format!("---\ntitle: \"{name}\"\nkind: guide\n---\n{text}\n")));
    }
    files
}

fn registers(language: &str) -> Files {
    [
        ("handbook.yaml", format!("title: Inventory\nlanguages: [{language}]\ncalendar: office\n")),
        ("registers/roles.yaml", "lead: {title: Lead}\ndesk: {title: Desk, reports_to: lead}\n".to_owned()),
        ("registers/channels.yaml", "phone: {title: Phone, calendar: office}\n".to_owned()),
        (
            "registers/calendars.yaml",
            "office: {time_zone: Europe/Berlin, hours: {mon-fri: \"09:00-17:00\"}}\n".to_owned(),
        ),
    ]
    .map(|(path, text)| (path.to_owned(), text))
    .into()
}

fn service(speaker: &Speaker, dice: &mut Dice, size: usize) -> String {
    let mut text = format!(
        "---\ntitle: \"{}\"\nfor: \"{}\"\noutcome: \"{}\"\nowner: desk\nreview: {{last: 2026-09-01, every: 12 months}}\nchannels: [phone]\n",
        speaker.name(dice, size),
        speaker.sentence(dice, size).trim(),
        speaker.sentence(dice, size).trim()
    );
    let mut prose = speaker.paragraph(dice, size, 5);
    text.push_str("standards:\n");
    for n in 0..2 {
        let _ = write!(
            text,
            "  standard-{n}:\n    title: \"{}\"\n    kind: timeliness\n    statement: \"[[#limit]]: {}\"\n    clock: {{start: \"{}\", stop: \"{}\"}}\n    limit: {} business days\n    target: 95%\n    measure: {{as: share-within-limit}}\n",
            speaker.name(dice, size),
            speaker.sentence(dice, size).trim(),
            speaker.sentence(dice, size).trim(),
            speaker.sentence(dice, size).trim(),
            3 + dice.below(20)
        );
        let _ = write!(
            prose,
            "\n\n## {} {{#standard-{n}}}\n\n{}",
            speaker.name(dice, size),
            speaker.paragraph(dice, size, 7)
        );
    }
    text.push_str("steps:\n");
    for n in 0..4 {
        let _ = writeln!(
            text,
            "  step-{n}: {{title: \"{}\", standard: standard-0, actor: desk, stage: front, takes: 1bh}}",
            speaker.name(dice, size)
        );
    }
    let _ = write!(
        text,
        "promises:\n  sure:\n    title: \"{}\"\n    kind: commitment\n    statement: \"{}\"\n    backed_by: [standard-0]\n",
        speaker.name(dice, size),
        speaker.sentence(dice, size).trim()
    );
    let _ = write!(prose, "\n\n## {}\n\n{}\n", speaker.name(dice, size), speaker.paragraph(dice, size, 8));
    format!("{text}---\n{prose}")
}
