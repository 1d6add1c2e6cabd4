//! Grammatical cases: which form of a value stands in a sentence, `[[repair/turnaround#limit:dative]]`.
//!
//! Not here: the forms themselves, which stand in the locale files.

/// A case of German and its like. A language without cases writes all of them as the nominative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Case {
    /// Who or what: the form of a heading, and of a value that names no case.
    #[default]
    Nominative,
    /// Whom or what.
    Accusative,
    /// To whom; after *innerhalb von*, *nach*, *mit*.
    Dative,
    /// Whose; after *statt*, *während*.
    Genitive,
}

impl Case {
    /// All cases, in the order of school grammars.
    pub const ALL: [Case; 4] = [Case::Nominative, Case::Accusative, Case::Dative, Case::Genitive];

    /// Gives the name by which content and locale files know it: `dative`.
    pub fn name(self) -> &'static str {
        match self {
            Case::Nominative => "nominative",
            Case::Accusative => "accusative",
            Case::Dative => "dative",
            Case::Genitive => "genitive",
        }
    }

    /// Reads a name; nothing comes of an unknown one.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_read_by_its_own_name_alone() {
        for case in Case::ALL {
            assert_eq!(Case::parse(case.name()), Some(case));
        }
        for other in ["", "Dative", "dativ", "dative ", "ablative"] {
            assert_eq!(Case::parse(other), None, "{other}");
        }
    }

    #[test]
    fn without_a_case_it_is_the_nominative() {
        assert_eq!(Case::default(), Case::Nominative);
    }
}
