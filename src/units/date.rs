//! Dates as they are written in a handbook: `2026-03-01`, ISO 8601.
//!
//! Not here: today, which is an argument of the program; and dates written for a reader (`locale`).

use jiff::civil::Date;

use super::{Malformed, quoted};

/// Reads a date written `YYYY-MM-DD`, and nothing else.
///
/// German (`01.03.2026`), Chinese (`2026年3月1日`) and American dates (`3/1/2026`) are recognised, to propose the right
/// form; where day and month could be mistaken for each other, both readings are proposed.
pub fn parse_date(text: &str) -> Result<Date, Malformed> {
    match iso(text) {
        Some((year, month, day)) => checked(text, year, month, day),
        None => Err(other_form(text)),
    }
}

/// Names the month of a date in English, 1 to 12.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn iso(text: &str) -> Option<(i16, i8, i8)> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, b)| if at == 4 || at == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if !shaped {
        return None;
    }
    Some((text.get(..4)?.parse().ok()?, text.get(5..7)?.parse().ok()?, text.get(8..)?.parse().ok()?))
}

fn checked(text: &str, year: i16, month: i8, day: i8) -> Result<Date, Malformed> {
    let Ok(first) = Date::new(year, month, 1) else {
        return Err(Malformed::new(
            format!("{} has no month {month:02}", quoted(text)),
            "write year, month and day, such as `2026-03-01`",
        ));
    };
    Date::new(year, month, day).map_err(|_| {
        let (name, days) = (MONTHS[usize::from(month.unsigned_abs()) - 1], first.days_in_month());
        Malformed::new(
            format!("{} does not exist: {name} {year} has {days} days", quoted(text)),
            format!("write a day from `{year:04}-{month:02}-01` to `{year:04}-{month:02}-{days}`"),
        )
    })
}

fn other_form(text: &str) -> Malformed {
    let message = format!("{} is not written as dates are here", quoted(text));
    match readings(text).as_slice() {
        [] => Malformed::new(message, "write year, month and day, such as `2026-03-01`"),
        [date] if is_certain(text, *date) => {
            Malformed::new(message, format!("write `{date}`")).instead(date.to_string())
        }
        [date] => Malformed::new(message, format!("write `{date}`")),
        [date, other, ..] => {
            Malformed::new(message, format!("write `{date}`, or `{other}` if the other number is the month"))
        }
    }
}

/// Tells whether the one reading of a date is the only one everywhere: with a year of four digits, and with hyphens only
/// where the day cannot be the month.
fn is_certain(text: &str, date: Date) -> bool {
    let year = format!("{:04}", date.year());
    let text = text.trim();
    let day_first = !text.starts_with(&year) && text.contains('-');
    text.contains(&year) && (!day_first || date.day() > 12 || i16::from(date.day()) == i16::from(date.month()))
}

/// Finds the dates that a text in another form can mean, the likelier one first.
fn readings(text: &str) -> Vec<Date> {
    let digits = |c: char| c.is_ascii_digit();
    let parts: Vec<&str> = text.split(|c| !digits(c)).filter(|part| !part.is_empty()).collect();
    let between: String = text.chars().filter(|c| !digits(*c) && *c != ' ').collect();
    let [a, b, c] = parts.as_slice() else { return packed(text) };
    let (Ok(a), Ok(b), Ok(c)) = (a.parse::<i16>(), b.parse::<i16>(), c.parse::<i16>()) else { return Vec::new() };
    let orders: &[(i16, i16, i16)] = match between.as_str() {
        "--" | "年月日" | "年月" | "//" | ".." if a > 31 => &[(a, b, c)],
        "//" => &[(c, a, b), (c, b, a)],
        ".." | "--" | "../" | "..." => &[(c, b, a)],
        _ => &[],
    };
    let mut dates: Vec<Date> = orders.iter().filter_map(|(year, month, day)| date_of(*year, *month, *day)).collect();
    dates.dedup();
    dates
}

/// Reads `20260301`.
fn packed(text: &str) -> Vec<Date> {
    let number =
        if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) { text.parse::<i32>().ok() } else { None };
    let date = number.and_then(|n| date_of((n / 10_000) as i16, (n / 100 % 100) as i16, (n % 100) as i16));
    date.into_iter().collect()
}

fn date_of(year: i16, month: i16, day: i16) -> Option<Date> {
    let century = if (0..100).contains(&year) { 2000 } else { 0 };
    Date::new(year + century, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn action(text: &str) -> String {
        parse_date(text).unwrap_err().action
    }

    #[test]
    fn an_iso_date_is_read() {
        assert_eq!(parse_date("2026-03-01"), Ok(date(2026, 3, 1)));
        assert_eq!(parse_date("2028-02-29"), Ok(date(2028, 2, 29)));
    }

    #[test]
    fn a_day_that_does_not_exist_is_told_with_the_length_of_its_month() {
        let fault = parse_date("2026-02-30").unwrap_err();
        assert_eq!(fault.message, "`2026-02-30` does not exist: February 2026 has 28 days");
        assert_eq!(fault.action, "write a day from `2026-02-01` to `2026-02-28`");
        assert!(parse_date("2026-04-31").unwrap_err().message.contains("April 2026 has 30 days"));
        assert!(parse_date("2026-04-00").is_err());
    }

    #[test]
    fn a_month_that_does_not_exist_is_told() {
        assert_eq!(parse_date("2026-13-01").unwrap_err().message, "`2026-13-01` has no month 13");
        assert_eq!(parse_date("2026-00-01").unwrap_err().message, "`2026-00-01` has no month 00");
    }

    #[test]
    fn dates_of_other_countries_are_recognised() {
        assert_eq!(action("01.03.2026"), "write `2026-03-01`");
        assert_eq!(action("1.3.26"), "write `2026-03-01`");
        assert_eq!(action("3/1/2026"), "write `2026-03-01`, or `2026-01-03` if the other number is the month");
        assert_eq!(action("3/31/2026"), "write `2026-03-31`");
        assert_eq!(action("2026年3月1日"), "write `2026-03-01`");
        assert_eq!(action("2026-3-1"), "write `2026-03-01`");
        assert_eq!(action("2026/03/01"), "write `2026-03-01`");
        assert_eq!(action("20260301"), "write `2026-03-01`");
        assert_eq!(action(" 2026-03-01"), "write `2026-03-01`");
    }

    #[test]
    fn only_a_date_that_means_the_same_everywhere_is_put_right_without_asking() {
        let instead = |text: &str| parse_date(text).unwrap_err().instead;
        for text in ["01.03.2026", "2026年3月1日", "2026-3-1", "2026/03/01", "20260301", " 2026-03-01"] {
            assert_eq!(instead(text).as_deref(), Some("2026-03-01"), "{text}");
        }
        assert_eq!(instead("3/31/2026").as_deref(), Some("2026-03-31"));
        assert_eq!(instead("31-03-2026").as_deref(), Some("2026-03-31"));
        for text in ["3/1/2026", "01-03-2026", "1.3.26", "2026-02-30", "soon"] {
            assert_eq!(instead(text), None, "{text}");
        }
    }

    #[test]
    fn the_same_day_and_month_has_one_reading() {
        assert_eq!(action("3/3/2026"), "write `2026-03-03`");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "soon",
            "2026",
            "2026-03",
            "１２３４-03-01",
            "-999-01-01",
            "2026-03-01T10:00",
            "99999999999.1.1",
            "1.1.32767",
        ] {
            assert!(parse_date(text).is_err(), "{text}");
        }
        assert_eq!(action("soon"), "write year, month and day, such as `2026-03-01`");
    }
}
