//! What becomes of a field that is needed only under a condition, when a starter file is written.

/// What becomes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is written as a blank to fill in.
    Blank,
    /// It is written as a comment.
    Comment,
    /// It is left out, because it does not go with what was chosen.
    LeftOut,
}

/// Decides by the words of a condition; `chosen` gives the word of another field, `written` are the fields above.
///
/// The conditions are those of the tables: ``when `kind` is `timeliness` ``, ``unless `use` is `case` ``, ``unless
/// there is `when` ``. Where the other field is a blank itself, this one is a blank too.
pub fn fate(condition: &str, chosen: impl Fn(&str) -> Option<String>, written: &[&str]) -> Fate {
    let mut quoted = condition.split('`').skip(1).step_by(2);
    let (Some(key), word) = (quoted.next(), quoted.next()) else { return Fate::Blank };
    let unless = condition.starts_with("unless");
    let Some(word) = word else {
        return if written.contains(&key) == unless { Fate::Comment } else { Fate::Blank };
    };
    let negated = condition.contains(" is not ") != unless;
    match chosen(key) {
        Some(found) if (found == word) == negated => {
            if unless {
                Fate::Comment
            } else {
                Fate::LeftOut
            }
        }
        _ => Fate::Blank,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(condition: &str, word: Option<&str>) -> Fate {
        fate(condition, |_| word.map(str::to_owned), &["cues"])
    }

    #[test]
    fn a_field_of_another_kind_is_left_out() {
        assert_eq!(with("when `kind` is `timeliness`", Some("timeliness")), Fate::Blank);
        assert_eq!(with("when `kind` is `timeliness`", Some("access")), Fate::LeftOut);
        assert_eq!(with("when `kind` is not `timeliness`", Some("timeliness")), Fate::LeftOut);
        assert_eq!(with("when `kind` is not `timeliness`", Some("access")), Fate::Blank);
    }

    #[test]
    fn a_field_that_is_not_needed_is_a_comment() {
        assert_eq!(with("unless `use` is `case`", Some("case")), Fate::Comment);
        assert_eq!(with("unless `use` is `case`", Some("shift")), Fate::Blank);
        assert_eq!(with("unless there are `cues`", None), Fate::Comment);
        assert_eq!(with("unless there is `when`", None), Fate::Blank);
    }

    #[test]
    fn a_field_is_a_blank_where_nothing_was_chosen_or_understood() {
        assert_eq!(with("unless `use` is `case`", None), Fate::Blank);
        assert_eq!(with("in June", None), Fate::Blank);
    }
}
