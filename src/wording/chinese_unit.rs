//! What a Chinese number counts: `个工作日`, `小时`, `元`.

use super::amount::Measure;
use crate::units::duration::Unit;

const UNITS: [(&str, Measure); 24] = [
    ("工作日", Measure::Time(Unit::BusinessDay)),
    ("工作天", Measure::Time(Unit::BusinessDay)),
    ("营业日", Measure::Time(Unit::BusinessDay)),
    ("办公日", Measure::Time(Unit::BusinessDay)),
    ("自然日", Measure::Time(Unit::CalendarDay)),
    ("日历日", Measure::Time(Unit::CalendarDay)),
    ("自然天", Measure::Time(Unit::CalendarDay)),
    ("日历天", Measure::Time(Unit::CalendarDay)),
    ("工作小时", Measure::Time(Unit::BusinessHour)),
    ("营业小时", Measure::Time(Unit::BusinessHour)),
    ("小时", Measure::Time(Unit::Hour)),
    ("钟头", Measure::Time(Unit::Hour)),
    ("分钟", Measure::Time(Unit::Minute)),
    ("秒钟", Measure::Time(Unit::Second)),
    ("秒", Measure::Time(Unit::Second)),
    ("星期", Measure::Time(Unit::Week)),
    ("礼拜", Measure::Time(Unit::Week)),
    ("周", Measure::Time(Unit::Week)),
    ("天", Measure::Days),
    ("倍", Measure::Times),
    ("次", Measure::Times),
    ("%", Measure::Percent),
    ("％", Measure::Percent),
    ("年", Measure::Time(Unit::Year)),
];

const MONEY: [&str; 11] = ["元", "块", "欧元", "美元", "英镑", "人民币", "EUR", "CNY", "USD", "€", "欧"];

/// Finds the unit with which a text begins; gives its length in bytes.
pub(super) fn unit(text: &str, thousandths: u64, in_words: bool) -> Option<(Measure, usize)> {
    let rest = text.trim_start_matches([' ', '\u{a0}']);
    let counted = rest.strip_prefix('个');
    let rest = counted.unwrap_or(rest).trim_start_matches([' ', '\u{a0}']);
    let skipped = text.len() - rest.len();
    let of = |word: &str| rest.strip_prefix(word);
    if counted.is_some() && of("月").is_some() {
        return Some((Measure::Time(Unit::Month), skipped + "月".len()));
    }
    if let Some((word, measure)) = UNITS.iter().find(|(word, _)| rest.starts_with(word)) {
        let after = of(word).unwrap_or_default();
        let is_other = match *word {
            "周" | "年" => after.starts_with(['年', '岁', '级', '代', '一', '二', '三', '四', '五', '六', '日']),
            "天" => after.starts_with(['天', '气', '空', '下']),
            "次" => after.starts_with(['高', '日', '要', '序']),
            "星期" | "礼拜" => after.starts_with(['一', '二', '三', '四', '五', '六', '日', '天']),
            _ => false,
        };
        return (!is_other).then_some((*measure, skipped + word.len()));
    }
    if let Some(after) = of("日").filter(|_| counted.is_none()) {
        let is_span =
            ["内", "之内", "以内", "后", "前", "之前", "起"].iter().any(|word| after.trim_start().starts_with(word));
        return is_span.then_some((Measure::Days, skipped + "日".len()));
    }
    if counted.is_some() {
        return None;
    }
    if let Some(after) = of("成").filter(|_| in_words && (2_000..10_000).contains(&thousandths)) {
        let is_share = after.is_empty()
            || ["以上", "的", "左右", "，", "。", "顾客", "客户"].iter().any(|word| after.starts_with(word));
        return is_share.then_some((Measure::Other, skipped + "成".len()));
    }
    let is_money = |word: &&&str| of(word).is_some_and(|after| **word != "块" || !in_words || after.starts_with('钱'));
    MONEY.iter().find(is_money).map(|word| (Measure::Money, skipped + word.len()))
}

/// Tells whether what stands before time makes it a part of each day or week: `每天24小时`.
pub(super) fn is_rate(before: &str) -> bool {
    const PERIODS: [&str; 11] = ["每天", "每日", "每周", "每星期", "每月", "每年", "全天", "全年", "一天", "一周", "×"];
    let before = before.trim_end();
    PERIODS.iter().any(|period| before.ends_with(period)) || before.ends_with("7*") || before.ends_with("7x")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_told_from_a_word_that_begins_alike() {
        let is_unit = |text: &str| unit(text, 3_000, true).is_some();
        for text in ["个工作日", "天内", "周内", "个月", "年内", "日内", "日后", "次"] {
            assert!(is_unit(text), "{text}");
        }
        for text in ["周年", "年级", "天气", "日", "个人", "月", "星期三", "成功"] {
            assert!(!is_unit(text), "{text}");
        }
    }
}
