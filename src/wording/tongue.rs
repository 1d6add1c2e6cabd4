//! The languages whose sentences can be judged.

/// A language of which there are word lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tongue {
    /// English.
    English,
    /// German.
    German,
    /// Chinese, in short characters.
    Chinese,
}

impl Tongue {
    /// All of them.
    pub const ALL: [Tongue; 3] = [Tongue::English, Tongue::German, Tongue::Chinese];

    /// Finds the language of a tag such as `de`, `en-GB` or `zh-Hans`.
    pub fn of(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "de" => Some(Self::German),
            "zh" => Some(Self::Chinese),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tongue;

    #[test]
    fn a_tag_is_known_by_its_first_part_whatever_follows() {
        for tag in ["zh", "zh-Hans", "zh-Hans-CN", "ZH_CN"] {
            assert_eq!(Tongue::of(tag), Some(Tongue::Chinese), "{tag}");
        }
        assert_eq!(Tongue::of("en-GB"), Some(Tongue::English));
    }

    #[test]
    fn other_languages_are_not_taken_for_one_that_is_known() {
        for tag in ["", "fr", "den", "e", "z-h"] {
            assert_eq!(Tongue::of(tag), None, "{tag}");
        }
    }
}
