//! Lists that are too long for one page: the things on pages of their own, and in place of the list the ways to them.
//!
//! All of it is plain links, so that it works without a script. Not here: what a page of a list shows, which is that of
//! the whole list.

use std::sync::{Arc, LazyLock};

use serde::Serialize;

use super::{PageData, PlannedPage};
use crate::fields::text::Language;
use crate::view::html::{Html, Link};
use crate::view::writer::Writer;

/// How many ways a page leads at most.
const MOST_WAYS: usize = 120;

/// A list of things and the pages it is shown on.
pub struct List<T: 'static> {
    /// The address of the list.
    pub path: &'static str,
    /// What the addresses of its parts begin with.
    pub stem: &'static str,
    /// The template of a part, and of the whole where it is short.
    pub template: &'static str,
    /// The place in the navigation.
    pub section: &'static str,
    /// The key of its title.
    pub title: &'static str,
    /// The key of a sentence about it; empty where there is none.
    pub lead: &'static str,
    /// How many things fit on one page, and how many stand on each of several.
    pub most: (usize, usize),
    /// Makes the page of some things.
    pub show: fn(&Writer<'_>, &[T]) -> PageData,
    /// Gives the name of a thing.
    pub name: fn(&Writer<'_>, &T) -> Html,
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}

// Not derived: what a list holds is not in it.
impl<T> Copy for List<T> {}

/// The things of a list. How many there are is known at once, which they are when the first page of them is made: to put
/// many into the order of their names takes longer than to make a page that does not show them.
pub struct Things<'a, T> {
    count: usize,
    all: LazyLock<Vec<T>, Box<dyn FnOnce() -> Vec<T> + Send + 'a>>,
}

impl<'a, T> Things<'a, T> {
    /// Makes a list of so many things, which `find` gives when they are wanted.
    pub fn later(count: usize, find: impl FnOnce() -> Vec<T> + Send + 'a) -> Self {
        Self { count, all: LazyLock::new(Box::new(find)) }
    }
}

impl<'a, T: Send + 'a> From<Vec<T>> for Things<'a, T> {
    fn from(all: Vec<T>) -> Self {
        Self::later(all.len(), move || all)
    }
}

/// A part of a list, as its page knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The way to the whole list.
    pub whole: String,
    /// The way to the part before; empty on the first.
    pub previous: String,
    /// The way to the part behind; empty on the last.
    pub next: String,
}

/// The ways to the parts of a list.
#[derive(Serialize)]
struct Ways {
    /// What the list is called.
    title: Html,
    /// A sentence about it; empty where there is none.
    lead: Html,
    /// The ways, each named by the first and the last thing behind it.
    ways: Vec<Link>,
}

/// Some things of a list, by their places in it, and the page that leads to them.
#[derive(Clone, Copy)]
struct Stretch {
    first: usize,
    last: usize,
    page: usize,
}

impl<T: Clone + Send + Sync + 'static> List<T> {
    /// Plans the pages of a list.
    pub fn plan<'a>(self, things: impl Into<Things<'a, T>>, language: Language, pages: &mut Vec<PlannedPage<'a>>) {
        let things: Arc<Things<'a, T>> = Arc::new(things.into());
        if things.count <= self.most.0 {
            let make = move |writer: &Writer<'_>| (self.show)(writer, &things.all);
            pages.push(self.page(self.path.to_owned(), self.template, language, make));
            return;
        }
        let parts = things.count.div_ceil(self.most.1);
        let mut stretches = Vec::new();
        for page in 0..parts {
            let (first, end) = (page * self.most.1, things.count.min((page + 1) * self.most.1));
            stretches.push(Stretch { first, last: end - 1, page: page + 1 });
            let (things, whole) = (Arc::clone(&things), self.path);
            let make = move |writer: &Writer<'_>| {
                let all = things.all.as_slice();
                let way = |number: usize| writer.way(&self.part(number));
                let part = Part {
                    whole: writer.way(whole),
                    previous: if page == 0 { String::new() } else { way(page) },
                    next: if page + 1 == parts { String::new() } else { way(page + 2) },
                };
                let mut data = (self.show)(writer, &all[first..end]);
                let span = self.span(writer, &all[first], &all[end - 1]);
                data.title = format!("{}{}{}", data.title, writer.word("list.colon"), span.plain());
                PageData { part: Some(part), ..data }
            };
            pages.push(self.page(self.part(page + 1), self.template, language, make));
        }
        self.plan_ways(&things, stretches, language, pages);
    }

    /// Plans the pages that lead to the parts, and pages that lead to those where there are too many.
    fn plan_ways<'a>(
        self,
        things: &Arc<Things<'a, T>>,
        mut all: Vec<Stretch>,
        language: Language,
        pages: &mut Vec<PlannedPage<'a>>,
    ) {
        let mut made = all.len();
        while all.len() > MOST_WAYS {
            let mut above = Vec::new();
            for some in all.chunks(MOST_WAYS) {
                made += 1;
                above.push(Stretch { first: some[0].first, last: some[some.len() - 1].last, page: made });
                pages.push(self.ways(self.part(made), Arc::clone(things), some.to_vec(), language));
            }
            all = above;
        }
        pages.push(self.ways(self.path.to_owned(), Arc::clone(things), all, language));
    }

    fn ways<'a>(
        self,
        path: String,
        things: Arc<Things<'a, T>>,
        to: Vec<Stretch>,
        language: Language,
    ) -> PlannedPage<'a> {
        let is_whole = path == self.path;
        let make = move |writer: &Writer<'_>| {
            let way = |stretch: &Stretch| Link {
                href: writer.way(&self.part(stretch.page)),
                title: self.span(writer, &things.all[stretch.first], &things.all[stretch.last]),
            };
            let word = |key: &str| if key.is_empty() { String::new() } else { writer.word(key) };
            let ways = Ways {
                title: Html::escaped(&word(self.title)),
                lead: Html::escaped(&word(self.lead)),
                ways: to.iter().map(way).collect(),
            };
            let part = Part { whole: writer.way(self.path), ..Part::default() };
            let data = PageData::new(word(self.title), &ways).described(word(self.lead));
            PageData { part: (!is_whole).then_some(part), ..data }
        };
        self.page(path, "ways.html", language, make)
    }

    fn span(&self, writer: &Writer<'_>, first: &T, last: &T) -> Html {
        let (first, last) = ((self.name)(writer, first), (self.name)(writer, last));
        if first == last { first } else { Html(format!("{} – {}", first.0, last.0)) }
    }

    fn part(&self, number: usize) -> String {
        format!("{}-{number}.html", self.stem)
    }

    fn page<'a>(
        &self,
        path: String,
        template: &'static str,
        language: Language,
        make: impl Fn(&Writer<'_>) -> PageData + Send + Sync + 'a,
    ) -> PlannedPage<'a> {
        PlannedPage { path, language, template, section: self.section, data: Box::new(make) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::plan;
    use crate::view::bench::{Bench, EN};
    use crate::view::writer::Shared;

    const NUMBERS: List<usize> = List {
        path: "numbers/index.html",
        stem: "numbers",
        template: "numbers.html",
        section: "numbers",
        title: "nav.services",
        lead: "",
        most: (3, 2),
        show: |_, numbers| PageData::new("Numbers".into(), &numbers),
        name: |_, number| Html(number.to_string()),
    };

    fn planned<'a>(count: usize) -> Vec<PlannedPage<'a>> {
        let mut pages = Vec::new();
        NUMBERS.plan((0..count).collect::<Vec<_>>(), EN, &mut pages);
        pages
    }

    fn paths<'a>(pages: &'a [PlannedPage<'a>]) -> Vec<&'a str> {
        pages.iter().map(|page| page.path.as_str()).collect()
    }

    fn shown(page: &PlannedPage<'_>, shared: &Shared<'_>) -> (PageData, String) {
        let data = (page.data)(&shared.writer(EN, &page.path));
        let text = serde_json::to_string(&data.page).unwrap();
        (data, text)
    }

    #[test]
    fn a_short_list_is_one_page_and_a_part_of_nothing() {
        let pages = planned(3);
        assert_eq!(paths(&pages), ["numbers/index.html"]);
        let bench = Bench::new(&[]);
        let (data, text) = shown(&pages[0], &bench.shared());
        assert_eq!((text.as_str(), data.part, pages[0].template), ("[0,1,2]", None, "numbers.html"));
    }

    #[test]
    fn a_long_list_is_spread_and_each_part_knows_its_neighbours() {
        let pages = planned(5);
        assert_eq!(paths(&pages), ["numbers-1.html", "numbers-2.html", "numbers-3.html", "numbers/index.html"]);
        let bench = Bench::new(&[]);
        let shared = bench.shared();
        let parts: Vec<_> = pages.iter().map(|page| shown(page, &shared)).collect();
        let told: Vec<_> = parts.iter().map(|(data, text)| (data.title.as_str(), text.as_str())).collect();
        assert_eq!(told[..3], [("Numbers: 0 – 1", "[0,1]"), ("Numbers: 2 – 3", "[2,3]"), ("Numbers: 4", "[4]")]);
        let part = |whole: &str, previous: &str, next: &str| {
            Some(Part { whole: whole.into(), previous: previous.into(), next: next.into() })
        };
        assert_eq!(parts[0].0.part, part("numbers/index.html", "", "numbers-2.html"));
        assert_eq!(parts[1].0.part, part("numbers/index.html", "numbers-1.html", "numbers-3.html"));
        assert_eq!(parts[2].0.part, part("numbers/index.html", "numbers-2.html", ""));
    }

    #[test]
    fn in_place_of_a_long_list_stand_the_ways_to_its_parts() {
        let pages = planned(5);
        let bench = Bench::new(&[]);
        let (data, text) = shown(&pages[3], &bench.shared());
        assert_eq!((pages[3].template, data.title.as_str(), data.part), ("ways.html", "Services", None));
        for way in [r#""href":"../numbers-1.html""#, r#""title":"0 – 1""#, r#""title":"4""#] {
            assert!(text.contains(way), "{way} in {text}");
        }
    }

    #[test]
    fn where_the_ways_are_too_many_pages_lead_to_them_in_turn() {
        let pages = planned(2 * MOST_WAYS + 1);
        let paths = paths(&pages);
        let (first, last) = (format!("numbers-{}.html", MOST_WAYS + 2), format!("numbers-{}.html", MOST_WAYS + 3));
        assert_eq!(paths[MOST_WAYS..], ["numbers-121.html", &first, &last, "numbers/index.html"]);
        let bench = Bench::new(&[]);
        let (data, text) = shown(&pages[MOST_WAYS + 3], &bench.shared());
        assert!(data.part.is_none() && text.contains("0 – 239") && text.contains(&last), "{text}");
        assert_eq!(shown(&pages[MOST_WAYS + 1], &bench.shared()).0.part.unwrap().whole, "numbers/index.html");
    }

    #[test]
    fn no_page_of_a_large_handbook_lists_all_its_services() {
        let paths: Vec<String> = (0..130).map(|at| format!("services/s{at:03}.md")).collect();
        let text = "---\ntitle: S\nstandards: {a: {title: A}}\npromises: {b: {title: B}}\n---\n";
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), text)).collect();
        let bench = Bench::new(&files);
        let shared = bench.shared();
        for page in plan(&shared) {
            let services = shown_services(&page, &shared);
            assert!(services <= 50, "{} shows {services}", page.path);
        }
    }

    fn shown_services(page: &PlannedPage<'_>, shared: &Shared<'_>) -> usize {
        let listed = ["services", "groups", "rows"];
        let (data, _) = shown(page, shared);
        let value = serde_json::to_value(&data.page).unwrap();
        listed.iter().filter_map(|name| value.get(name)?.as_array().map(Vec::len)).max().unwrap_or(0)
    }
}
