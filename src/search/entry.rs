//! What is found: a thing or a passage of text, with the words that lead to it.

/// A page on which things and passages stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its path below the folder of the language.
    pub path: String,
    /// Its title.
    pub title: String,
    /// What kind of page it is.
    pub sort: Sort,
    /// The tag of the language of its title, where that is not the reader's.
    pub tongue: String,
}

/// What kind of thing a reader finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// A service.
    Service,
    /// A standard.
    Standard,
    /// A step.
    Step,
    /// A promise.
    Promise,
    /// A playbook.
    Playbook,
    /// A checklist.
    Checklist,
    /// A page, of prose or of the site.
    #[default]
    Page,
    /// A role.
    Role,
    /// A channel.
    Channel,
    /// What customers care about.
    Factor,
    /// A term.
    Term,
    /// A word that is not used, which leads to the term.
    Instead,
    /// What to say.
    Say,
    /// What never to say.
    NeverSay,
    /// An item of a checklist, shown as its checklist.
    Item,
    /// A section of a page, shown as its page.
    Section,
}

impl Sort {
    /// The keys of the words for each kind, in the order of the numbers in the index.
    pub const WORDS: [&str; 14] = [
        "kind.service",
        "kind.standard",
        "kind.step",
        "kind.promise",
        "kind.playbook",
        "kind.checklist",
        "kind.page",
        "kind.role",
        "kind.channel",
        "kind.factor",
        "kind.term",
        "search.say",
        "playbook.say",
        "playbook.never_say",
    ];

    /// Gives the number in the index; nothing for what is shown as the page that it stands on.
    pub fn number(self) -> Option<usize> {
        Some(self as usize).filter(|number| *number < Self::WORDS.len())
    }

    /// Tells how much things of the kind weigh beside others with the same words, in percent.
    pub fn weight(self) -> u32 {
        match self {
            Self::Service => 100,
            Self::Standard | Self::Promise | Self::Term | Self::Instead => 95,
            Self::Playbook | Self::Checklist | Self::Role => 92,
            Self::Page | Self::Channel => 88,
            Self::Factor | Self::Step => 75,
            Self::Section => 70,
            Self::Item => 55,
            Self::Say | Self::NeverSay => 40,
        }
    }
}

/// How much a word weighs by the place where it stands, in hundredths of a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The title of the page that it stands on.
    Around = 15,
    /// The running text.
    Text = 25,
    /// What is said about it in a few words.
    About = 40,
    /// The statement of a standard or a promise.
    Statement = 50,
    /// The slogan.
    Slogan = 60,
    /// The id.
    Id = 70,
    /// The title.
    Title = 100,
}

/// A thing or a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub sort: Sort,
    /// The number of its page.
    pub page: usize,
    /// Its anchor on the page; empty for the page itself.
    pub anchor: String,
    /// What it is called; empty where that is the title of the page.
    pub title: String,
    /// Its limit in words; empty where it has none.
    pub limit: String,
    /// What is shown below the title, and searched with the weight of `text_place`.
    pub text: String,
    /// The weight of the text.
    pub text_place: Place,
    /// Other words that lead to it.
    pub words: Vec<(Place, String)>,
    /// The tag of the language of its title and text, where that is not the reader's.
    pub tongue: String,
}

impl Entry {
    /// Makes an entry of which only the name is known.
    pub fn new(sort: Sort, anchor: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            sort,
            page: 0,
            anchor: anchor.into(),
            title: title.into(),
            limit: String::new(),
            text: String::new(),
            text_place: Place::About,
            words: Vec::new(),
            tongue: String::new(),
        }
    }

    /// Adds the text that is shown.
    pub fn saying(self, place: Place, text: impl Into<String>) -> Self {
        Self { text: text.into(), text_place: place, ..self }
    }

    /// Adds a limit.
    pub fn within(self, limit: String) -> Self {
        Self { limit, ..self }
    }

    /// Tells in which language it is, where that is not the reader's.
    pub fn spoken(self, tongue: impl Into<String>) -> Self {
        Self { tongue: tongue.into(), ..self }
    }

    /// Adds other words that lead to it.
    pub fn called(mut self, place: Place, words: impl Into<String>) -> Self {
        self.words.push((place, words.into()));
        self
    }
}

/// All that is found in a language; passages are numbered behind the things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The pages.
    pub pages: Vec<Page>,
    /// What answers at once.
    pub things: Vec<Entry>,
    /// The text of the pages.
    pub passages: Vec<Entry>,
}

impl Found {
    /// Gives an entry by its number.
    pub fn entry(&self, number: usize) -> &Entry {
        self.things.get(number).unwrap_or_else(|| &self.passages[number - self.things.len()])
    }

    /// Adds what was found on one page.
    pub fn add(&mut self, one: OnPage) {
        let page = self.pages.len();
        let at_page = |entry: Entry| Entry { page, ..entry };
        self.things.extend(one.things.into_iter().map(at_page));
        self.passages.extend(one.passages.into_iter().map(at_page));
        self.pages.push(one.page);
    }
}

/// What is found on one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnPage {
    /// The page.
    pub page: Page,
    /// What answers at once.
    pub things: Vec<Entry>,
    /// The text.
    pub passages: Vec<Entry>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_numbered_with_the_passages_behind_the_things() {
        let one = |title: &str| OnPage {
            page: Page { path: format!("{title}.html"), ..Page::default() },
            things: vec![Entry::new(Sort::Page, "", title)],
            passages: vec![Entry::new(Sort::Section, "", "").saying(Place::Text, title)],
        };
        let mut found = Found::default();
        found.add(one("a"));
        found.add(one("b"));
        assert_eq!((found.entry(1).title.as_str(), found.entry(1).page), ("b", 1));
        assert_eq!((found.entry(2).text.as_str(), found.entry(3).text.as_str()), ("a", "b"));
    }

    #[test]
    fn what_is_shown_as_its_page_has_no_word_of_its_own() {
        assert_eq!(Sort::Item.number(), None);
        assert_eq!(Sort::NeverSay.number().map(|number| Sort::WORDS[number]), Some("playbook.never_say"));
        assert_eq!(Sort::Service.number().map(|number| Sort::WORDS[number]), Some("kind.service"));
        assert_eq!(Sort::Instead.number().map(|number| Sort::WORDS[number]), Some("search.say"));
    }
}
