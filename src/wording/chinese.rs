//! Amounts in Chinese sentences: `五个工作日`, `24小时内`, `百分之九十`, `5至10天`.
//!
//! Signs of the traditional script are read as those of the simplified one.

use super::amount::{Amount, Measure};
use super::chinese_unit::{is_rate, unit};
use super::digits::{POINT, Run, digit, run};
use super::spelled;

/// A number in a text.
#[derive(Clone, Copy, Debug)]
struct Number {
    thousandths: u64,
    /// The byte after it.
    end: usize,
    in_words: bool,
    /// Whether it is a half before a unit.
    is_half: bool,
}

/// Reads the amounts of a text.
pub(super) fn read(text: &str) -> Vec<Amount> {
    let text: String = text.chars().map(simplified).collect();
    let (mut amounts, mut at): (Vec<Amount>, usize) = (Vec::new(), 0);
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let (amount, end) = amount(&text, at, letter);
        if let Some(mut amount) = amount {
            // `7天24小时` says when somebody is there.
            let is_both = |last: &&mut Amount| {
                let is_joined = last.range.end == amount.range.start && amount.is_time();
                is_joined && last.to.is_none() && last.measure == Measure::Days
            };
            if let Some(last) = amounts.last_mut().filter(is_both) {
                (last.measure, amount.measure) = (Measure::Rate, Measure::Rate);
            }
            amounts.push(amount);
        }
        at = end.max(at + letter.len_utf8());
    }
    amounts
}

/// Gives the sign of the simplified script, which has as many bytes.
fn simplified(letter: char) -> char {
    match letter {
        '個' => '个',
        '時' => '时',
        '鐘' => '钟',
        '週' => '周',
        '兩' => '两',
        '營' => '营',
        '業' => '业',
        '曆' => '历',
        '點' => '点',
        '內' => '内',
        '後' => '后',
        '號' => '号',
        '餘' => '余',
        letter => letter,
    }
}

/// Reads what begins at a place; gives the place after it.
fn amount(text: &str, at: usize, letter: char) -> (Option<Amount>, usize) {
    let rest = text.get(at..).unwrap_or_default();
    if letter.is_ascii_alphabetic() {
        return (None, at + rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len()));
    }
    if let Some(after) = rest.strip_prefix("百分之") {
        return match number(text, text.len() - after.len()) {
            Some(found) => (Some(made(at, found, None, (Measure::Percent, found.end))), found.end),
            None => (None, at),
        };
    }
    if matches!(letter, '¥' | '￥' | '€' | '$') {
        let found = number(text, at + letter.len_utf8()).filter(|found| !found.in_words);
        return found.map_or((None, at), |found| (Some(made(at, found, None, (Measure::Money, found.end))), found.end));
    }
    let Some(first) = number(text, at) else { return (None, skip(rest, at)) };
    counted(text, at, first)
}

/// Gives the place behind digits or signs of a number that are none.
fn skip(rest: &str, at: usize) -> usize {
    if let Some((_, length)) = run(rest, POINT) {
        return at + length;
    }
    at + rest.find(|letter| spelled::chinese_sign(letter).is_none()).unwrap_or(rest.len())
}

fn counted(text: &str, at: usize, first: Number) -> (Option<Amount>, usize) {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let own = measure(text, &first);
    let ordinal =
        ["第", "星期", "礼拜"].iter().any(|word| before.ends_with(word)) || (first.in_words && before.ends_with('周'));
    if ordinal || is_name(text, before, &first) {
        return (None, own.map_or(first.end, |(_, end)| end));
    }
    if let Some((second, unit)) = second(text, &first, own) {
        let (unit, end) = unit.unwrap_or((Measure::Other, second.end));
        return (Some(made(at, first, Some(second), (unit, end))), end);
    }
    match own {
        Some((measure, end)) => {
            let passing = first.in_words
                && first.thousandths == 1000
                && ["每", "有", "这", "那", "某", "同"].iter().any(|word| before.ends_with(word));
            if passing {
                return (None, end);
            }
            let after = text.get(end..).unwrap_or_default();
            let rate = matches!(measure, Measure::Time(_) | Measure::Days) && is_rate(before);
            let mut found = made(at, first, None, (if rate { Measure::Rate } else { measure }, end));
            if after.starts_with('半') && found.is_time() {
                found.thousandths = found.thousandths.saturating_add(500);
                found.range.end = end + '半'.len_utf8();
                let end = found.range.end;
                return (Some(found), end);
            }
            (Some(found), end)
        }
        None if first.is_half || (first.in_words && first.thousandths <= 1000) => (None, first.end),
        None => (Some(made(at, first, None, (Measure::Other, first.end))), first.end),
    }
}

fn made(at: usize, first: Number, second: Option<Number>, (measure, end): (Measure, usize)) -> Amount {
    let to = second.map(|second| second.thousandths);
    Amount { range: at..end, thousandths: first.thousandths, to, measure, in_words: first.in_words }
}

/// Reads a number with the same number in brackets behind it.
fn number(text: &str, at: usize) -> Option<Number> {
    let first = plain_number(text, at)?;
    let again = || {
        let open = text.get(first.end..)?.strip_prefix(['(', '（'])?.len();
        let again = plain_number(text, text.len() - open)?;
        let left = text.get(again.end..)?.strip_prefix([')', '）'])?.len();
        (again.thousandths == first.thousandths).then(|| Number { end: text.len() - left, ..first })
    };
    Some(again().unwrap_or(first))
}

fn plain_number(text: &str, at: usize) -> Option<Number> {
    let rest = text.get(at..)?;
    let skipped = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
    let rest = rest.get(skipped..)?;
    if rest.starts_with('半') {
        return Some(Number { thousandths: 500, end: at + skipped + '半'.len_utf8(), in_words: true, is_half: true });
    }
    if let Some((Run::Number(thousandths), length)) = run(rest, POINT) {
        return Some(Number { thousandths, end: at + skipped + length, in_words: false, is_half: false });
    }
    let (mut thousandths, mut length) = spelled::chinese(rest)?;
    if rest.get(length..)?.starts_with("个半") {
        thousandths += 500;
        length += "个半".len();
    }
    Some(Number { thousandths, end: at + skipped + length, in_words: true, is_half: false })
}

/// Finds what a number counts, with the place after it.
fn measure(text: &str, number: &Number) -> Option<(Measure, usize)> {
    unit(text.get(number.end..)?, number.thousandths, number.in_words)
        .map(|(measure, length)| (measure, number.end + length))
}

/// Reads the second number of a span, with the unit of both.
fn second(text: &str, first: &Number, own: Option<(Measure, usize)>) -> Option<(Number, Option<(Measure, usize)>)> {
    let rest = text.get(own.map_or(first.end, |(_, end)| end)..)?.trim_start();
    let rest = ["至", "到", "-", "–", "—", "~", "～", "－"].iter().find_map(|link| rest.strip_prefix(link))?;
    let rest = rest.trim_start_matches(['-', '—', ' ']);
    let second = number(text, text.len() - rest.len()).filter(|second| second.thousandths > first.thousandths)?;
    let unit = measure(text, &second);
    let same = match (own, unit) {
        (None, unit) => unit.is_some(),
        (Some((measure, _)), unit) => unit.is_some_and(|(other, _)| other == measure),
    };
    (same && !second.is_half).then_some((second, unit))
}

/// Tells whether a number is a date, a time of day or a code.
fn is_name(text: &str, before: &str, first: &Number) -> bool {
    let after = text.get(first.end..).unwrap_or_default().trim_start();
    let next = after.chars().next().unwrap_or(' ');
    let last = before.chars().next_back().unwrap_or(' ');
    let month = next == '月' || (matches!(next, '日' | '号') && last == '月');
    let year = next == '年' && (1_900_000..=2_100_000).contains(&first.thousandths);
    let clock = matches!(next, '点' | '号') || (next == '时' && !after.starts_with("时间"));
    let bare_year = !first.in_words
        && (1_900_000..=2_100_000).contains(&first.thousandths)
        && !after.starts_with(['个', '元', '小']);
    let joined = !first.in_words
        && (matches!(last, '#' | '§' | '+' | '/' | '.' | '№')
            || digit(next).is_some()
            || (digit(last).is_some() && text.get(..before.len()).is_some_and(|text| text.len() == before.len()))
            || (last == '-'
                && before.len() > 1
                && before.chars().rev().nth(1).is_some_and(|it| it.is_ascii_alphanumeric()))
            || (next == '-'
                && after.get(1..).and_then(|rest| rest.chars().next()).and_then(digit).is_some()
                && measure_of_range(text, first).is_none()));
    month || year || clock || bare_year || joined || after.starts_with("条") && last == '第'
}

fn measure_of_range(text: &str, first: &Number) -> Option<Measure> {
    second(text, first, None).and_then(|(_, unit)| unit).map(|(measure, _)| measure)
}

#[cfg(test)]
mod tests {
    use super::super::amount::Measure::{Days, Money, Other, Percent, Rate, Time, Times};
    use super::*;
    use crate::units::duration::Unit::{
        BusinessDay, BusinessHour, CalendarDay, Hour, Minute, Month, Second, Week, Year,
    };

    fn read_all(text: &str) -> Vec<(u64, Option<u64>, Measure)> {
        super::read(text).into_iter().map(|it| (it.thousandths, it.to.map(|to| to / 1000), it.measure)).collect()
    }

    #[test]
    fn sentences_are_read() {
        let cases = [
            ("五个工作日内答复", 5_000, None, Time(BusinessDay)),
            ("5个工作日", 5_000, None, Time(BusinessDay)),
            ("5 个工作日", 5_000, None, Time(BusinessDay)),
            ("我们在 10 个营业日内处理", 10_000, None, Time(BusinessDay)),
            ("五（5）个工作日", 5_000, None, Time(BusinessDay)),
            ("十五個工作日內", 15_000, None, Time(BusinessDay)),
            ("24小时内", 24_000, None, Time(Hour)),
            ("两小时", 2_000, None, Time(Hour)),
            ("半小时内到达", 500, None, Time(Hour)),
            ("一个半小时", 1_500, None, Time(Hour)),
            ("4个工作小时", 4_000, None, Time(BusinessHour)),
            ("三十个自然日", 30_000, None, Time(CalendarDay)),
            ("30日历日", 30_000, None, Time(CalendarDay)),
            ("10天内", 10_000, None, Days),
            ("10日内", 10_000, None, Days),
            ("二十日以内", 20_000, None, Days),
            ("60秒内接听", 60_000, None, Time(Second)),
            ("20分钟", 20_000, None, Time(Minute)),
            ("两周", 2_000, None, Time(Week)),
            ("3个星期", 3_000, None, Time(Week)),
            ("12个月内", 12_000, None, Time(Month)),
            ("一年", 1_000, None, Time(Year)),
            ("5至10个工作日", 5_000, Some(10), Time(BusinessDay)),
            ("三到五天", 3_000, Some(5), Days),
            ("5-10天", 5_000, Some(10), Days),
            ("5天到10天", 5_000, Some(10), Days),
            ("百分之九十", 90_000, None, Percent),
            ("95%的电话", 95_000, None, Percent),
            ("赔付90元", 90_000, None, Money),
            ("¥90", 90_000, None, Money),
            ("统一收费90 EUR", 90_000, None, Money),
            ("6倍", 6_000, None, Times),
            ("每天24小时", 24_000, None, Rate),
            ("响三声", 3_000, None, Other),
            ("一年半", 1_500, None, Time(Year)),
        ];
        for (text, thousandths, to, measure) in cases {
            assert_eq!(read_all(text), [(thousandths, to, measure)], "{text}");
        }
    }

    #[test]
    fn dates_ordinals_and_codes_are_no_amounts() {
        for text in [
            "2026年3月5日",
            "第三天",
            "第5个工作日",
            "第15条",
            "上午9点",
            "09:00",
            "屏幕显示E20",
            "3号星期四",
            "星期三",
            "有一天",
            "三五天",
            "2026年",
            "电话 021-5550100",
            "几天",
            "一起",
            "另一个",
        ] {
            assert_eq!(read_all(text), [], "{text}");
        }
    }

    #[test]
    fn round_the_clock_is_no_stretch_of_time() {
        for text in ["7天24小时", "每周7天", "全天24小时", "7×24小时"] {
            assert!(super::read(text).iter().all(|it| !it.is_time()), "{text}");
        }
    }
}
