//! The word lists that come with the program: a file a list and language, in `lists/`.

use super::list::WordList;
use super::tongue::Tongue;

/// What a word does to the sentence in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// It cannot be measured.
    Vague,
    /// It leaves a way out.
    Escape,
    /// It promises that there is no exception.
    Absolute,
    /// It names a mean.
    Average,
    /// It puts the blame on the customer.
    Blame,
    /// It negates a defect.
    Defect,
    /// Nobody can see whether it is so.
    Unseen,
}

impl Subject {
    /// All of them.
    pub const ALL: [Subject; 7] =
        [Self::Vague, Self::Escape, Self::Absolute, Self::Average, Self::Blame, Self::Defect, Self::Unseen];

    /// Reads the list of a language.
    pub fn list(self, tongue: Tongue) -> WordList {
        let [english, german, chinese] = self.texts();
        let text = match tongue {
            Tongue::English => english,
            Tongue::German => german,
            Tongue::Chinese => chinese,
        };
        WordList::read(tongue, text)
    }

    /// Gives the texts of the lists: English, German, Chinese.
    fn texts(self) -> [&'static str; 3] {
        macro_rules! texts {
            ($name:literal) => {
                [
                    include_str!(concat!("lists/", $name, ".en.txt")),
                    include_str!(concat!("lists/", $name, ".de.txt")),
                    include_str!(concat!("lists/", $name, ".zh.txt")),
                ]
            };
        }
        match self {
            Self::Vague => texts!("vague"),
            Self::Escape => texts!("escape"),
            Self::Absolute => texts!("absolute"),
            Self::Average => texts!("average"),
            Self::Blame => texts!("blame"),
            Self::Defect => texts!("defect"),
            Self::Unseen => texts!("unseen"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Subject;
    use crate::wording::tongue::Tongue;

    /// Gives what a list finds in a text.
    fn found(subject: Subject, tongue: Tongue, text: &str) -> Vec<String> {
        subject.list(tongue).find(text).into_iter().map(|found| text[found.range].to_owned()).collect()
    }

    /// Gives the lines of a list that are phrases or exceptions, without marks.
    fn lines(subject: Subject) -> impl Iterator<Item = (Tongue, &'static str)> {
        Tongue::ALL.into_iter().zip(subject.texts()).flat_map(|(tongue, text)| {
            let is_phrase = |line: &&str| !line.is_empty() && !line.starts_with(['#', '[', '-']);
            text.lines().filter(is_phrase).map(move |line| (tongue, line))
        })
    }

    #[test]
    fn no_line_stands_twice_in_a_list() {
        for subject in Subject::ALL {
            for (tongue, text) in Tongue::ALL.into_iter().zip(subject.texts()) {
                let mut seen = std::collections::BTreeSet::new();
                let phrases = text.lines().filter(|line| !line.is_empty());
                let twice: Vec<&str> = phrases.filter(|line| !seen.insert(*line)).collect();
                assert!(twice.is_empty(), "{subject:?} {tongue:?}: {twice:?}");
            }
        }
    }

    #[test]
    fn every_plain_line_finds_itself_so_that_no_exception_swallows_it() {
        for subject in Subject::ALL {
            for (tongue, line) in lines(subject).filter(|(_, line)| !line.contains(['|', '*', '~', '?', '_', '0'])) {
                let text = line.replace(['(', ')'], "");
                assert!(!found(subject, tongue, &text).is_empty(), "{subject:?} {tongue:?}: `{line}`");
            }
        }
    }

    #[test]
    fn measures_and_products_are_no_vague_words() {
        for text in [
            "Regular mail is open in regular business hours.",
            "Frequently asked questions of the immediate family",
            "as appropriate authority or the appropriate department",
            "a family-friendly room, as soon as it is free",
            "first class mail and reasonable accommodation",
        ] {
            assert_eq!(found(Subject::Vague, Tongue::English, text), [""; 0], "{text}");
        }
        for text in ["unangemessen", "sobald es da ist", "häufig gestellte Fragen", "umweltfreundliche Mittel"] {
            assert_eq!(found(Subject::Vague, Tongue::German, text), [""; 0], "{text}");
        }
        for text in ["及时率", "满意度", "定期存款", "不合理收费", "快速通道"] {
            assert_eq!(found(Subject::Vague, Tongue::Chinese, text), [""; 0], "{text}");
        }
    }

    #[test]
    fn chinese_words_that_only_begin_like_a_superlative_are_none() {
        for text in ["第一次", "第一步", "最后", "最近", "最多", "最低", "最迟", "最长", "唯一编号", "一定期限内"]
        {
            assert_eq!(found(Subject::Absolute, Tongue::Chinese, text), [""; 0], "{text}");
        }
        assert_eq!(found(Subject::Escape, Tongue::Chinese, "一般纳税人"), [""; 0]);
        assert_eq!(found(Subject::Absolute, Tongue::Chinese, "本地第一,最佳服务"), ["第一", "最佳"]);
    }
}
