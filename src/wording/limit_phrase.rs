//! Which amounts of a sentence are a limit: `within 10 business days`, `binnen 24 Stunden`, `5个工作日内`, `dans les 10 jours`.

use super::amount::Amount;
use crate::units::duration::Clock;

/// Words that lead to a limit, at the end of what stands before it.
const LEADS: [&str; 54] = [
    "within",
    "within a period of",
    "within the next",
    "within a maximum of",
    "within approximately",
    "within about",
    "in",
    "under",
    "in under",
    "in less than",
    "less than",
    "no later than",
    "not later than",
    "no more than",
    "not more than",
    "at most",
    "up to",
    "a maximum of",
    "maximum of",
    "maximum",
    "not exceed",
    "not exceeding",
    "in no more than",
    "after no more than",
    "innerhalb von",
    "innerhalb der nächsten",
    "innerhalb",
    "binnen",
    "in",
    "in höchstens",
    "nach höchstens",
    "höchstens",
    "spätestens nach",
    "maximal",
    "in maximal",
    "in unter",
    "unter",
    "innert",
    "nach spätestens",
    "dans les",
    "dans un délai de",
    "dans un délai maximal de",
    "dans un délai d",
    "dans",
    "en",
    "en moins de",
    "moins de",
    "sous",
    "d ici",
    "au plus tard",
    "délai de",
    "au plus",
    "maximum de",
    "dans un délai maximum de",
];

/// Words that follow a Chinese limit.
const BEHIND: [&str; 5] = ["内", "之内", "以内", "內", "之內"];

/// Words before a Chinese limit.
const BEFORE: [&str; 6] = ["不超过", "最多", "最长", "不得超过", "至多", "不超過"];

/// Words that follow an amount which is counted backwards or is no limit.
const BACKWARDS: [&str; 18] = [
    "before",
    "prior",
    "in advance",
    "ahead",
    "old",
    "of age",
    "ago",
    "notice",
    "of the expiry",
    "vor",
    "im voraus",
    "zuvor",
    "alt",
    "avant",
    "à l avance",
    "之前",
    "前",
    "préavis",
];

/// Tells whether an amount of a text is led to as a limit is.
pub fn is_limit(text: &str, amount: &Amount) -> bool {
    let before = text.get(..amount.range.start).unwrap_or_default();
    let after = text.get(amount.range.end..).unwrap_or_default().trim_start();
    if !amount.is_time() || is_backwards(after) {
        return false;
    }
    if BEHIND.iter().any(|word| after.starts_with(word)) || BEFORE.iter().any(|word| before.trim_end().ends_with(word))
    {
        return true;
    }
    let tail = plain_tail(before);
    LEADS.iter().any(|lead| tail.strip_suffix(lead).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')))
        || (amount.to.is_some() && tail.ends_with(" between"))
}

/// Tells whether an amount says when somebody is there, not how long something takes: `24-hour hotline`.
pub fn is_round_the_clock(text: &str, amount: &Amount) -> bool {
    amount.on_clock() == Some((Clock::Elapsed, 24 * 3_600_000)) && !is_limit(text, amount)
}

/// Gives the amounts of a text that are limits.
pub fn limits<'a>(text: &'a str, amounts: &'a [Amount]) -> impl Iterator<Item = &'a Amount> {
    amounts.iter().filter(move |amount| is_limit(text, amount))
}

/// Tells whether number and unit are an adjective, as in `24-hour hotline`.
pub fn is_adjective(text: &str, amount: &Amount) -> bool {
    let part = text.get(amount.range.clone()).unwrap_or_default();
    let joined =
        part.rsplit_once(['-', '‑']).is_some_and(|(_, unit)| unit.chars().next().is_some_and(char::is_alphabetic));
    let german = ["ig", "ige", "igen", "iger", "iges", "igem"].iter().any(|ending| part.ends_with(ending));
    (joined && amount.is_time()) || german
}

fn is_backwards(after: &str) -> bool {
    let after = after.to_lowercase().replace(['’', '\''], " ");
    let after = after.trim_start_matches([' ', 's']);
    BACKWARDS.iter().any(|word| {
        after.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic) || !word.is_ascii())
    })
}

/// Gives the last words before an amount in lower case, signs as spaces.
fn plain_tail(before: &str) -> String {
    let mut tail: Vec<char> = before.chars().rev().take(40).collect();
    tail.reverse();
    let plain =
        |letter: char| if letter.is_alphanumeric() { letter.to_lowercase().next().unwrap_or(letter) } else { ' ' };
    let tail: String = tail.into_iter().map(plain).collect();
    tail.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::amount::read;

    fn limits_of(text: &str, language: &str) -> Vec<String> {
        let amounts = read(text, language);
        limits(text, &amounts).map(|amount| text[amount.range.clone()].to_owned()).collect()
    }

    #[test]
    fn limits_are_led_to() {
        let cases = [
            ("Your appliance is ready within 10 business days.", "en", "10 business days"),
            ("a reply in no more than five working days", "en", "five working days"),
            ("Ihr Gerät ist innerhalb von zehn Arbeitstagen fertig", "de", "zehn Arbeitstagen"),
            ("binnen 24 Stunden", "de", "24 Stunden"),
            ("您的电器在10个工作日内修好", "zh", "10个工作日"),
            ("最长不超过3天", "zh", "3天"),
            ("Nous répondons dans les 10 jours ouvrables", "fr", "10 jours ouvrables"),
            ("dans un délai de cinq (5) jours", "fr", "cinq (5) jours"),
        ];
        for (text, language, limit) in cases {
            assert_eq!(limits_of(text, language), [limit], "{text}");
        }
    }

    #[test]
    fn other_amounts_are_no_limits() {
        for (text, language) in [
            ("Call our 24-hour hotline", "en"),
            ("a warranty of 12 months", "en"),
            ("Tell us in 10 days in advance", "en"),
            ("customers over 65 years", "en"),
            ("12 Monate Garantie", "de"),
            ("保修12个月", "zh"),
        ] {
            assert_eq!(limits_of(text, language), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_adjective_is_told_from_a_noun() {
        let adjective = |text: &str, language: &str| is_adjective(text, &read(text, language)[0]);
        assert!(adjective("24-hour hotline", "en") && adjective("die zehntägige Frist", "de"));
        let round = |text: &str, language: &str| is_round_the_clock(text, &read(text, language)[0]);
        assert!(round("24-hour hotline", "en") && round("24小时热线", "zh") && !round("within 24 hours", "en"));
        assert!(!adjective("5-10 business days", "en") && !adjective("zehn Tage", "de"));
    }
}
