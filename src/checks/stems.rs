//! What a step, a standard or a case is about, by the beginnings of words that tell it: English, French, German, Chinese.
//!
//! Not here: words that are objected to (`wording`). What is not recognised is never a fault by itself.

use crate::fields::text::Text;

/// That something has come in and is looked after.
pub const ACKNOWLEDGE: &str = "\
    ack | confirm receipt | confirmation of receipt | we have it | have received | have your complaint | \
    take it down | accusé de réception | accuser réception | accusons réception | *bestätig | 确认 | 收到 | 受理";

/// An answer or a decision.
pub const REPLY: &str = "\
    answer | reply | replies | respon | decision | decide | resol | solve | répon | décision | résol | *antwort | \
    *bescheid | entscheid | *lösung | 答复 | 回复 | 决定 | 解决 | 办结";

/// What went wrong is put right.
pub const SOLVE: &str = "\
    solv | resol | fix | mend | repair | put right | put it right | settle | investigat | look into | correct | \
    rectif | résou | résol | régler | corrig | enquêt | lös | *klär | beheb | abstell | erledig | bearbeit | \
    untersuch | 解决 | 处理 | 办理 | 调查 | 查明 | 核实";

/// The customer gets something for the trouble.
pub const REMEDY: &str = "\
    remed | make good | make it good | make up | amends | compensat | refund | reimburs | redress | replace | \
    goodwill | voucher | indemn | rembours | dédommag | répar | *wiedergut | gutmach | ausgleich | entschädig | \
    *erstatt | ersatz | ersetz | kulanz | 补偿 | 赔偿 | 赔付 | 退款 | 退还 | 补救";

/// The customer is asked whether all is well now.
pub const FOLLOW_UP: &str = "\
    follow up | follow-up | followup | follows up | ring and ask | call and ask | check back | check whether | \
    ask whether | ask again | call back | ring back | satisf | survey | suivi | rappel | nachfrag | nachfass | \
    nachkontroll | nachbetreu | nachhak | *zufrieden | 回访 | 跟进 | 跟踪 | 满意";

/// The house changes something.
pub const LEARN: &str = "\
    learn | lesson | improv | root cause | cause | evaluat | analys | analyz | prevent | trend | apprendre | \
    leçon | amélior | préven | *lern | ursache | auswert | *verbesser | vorbeug | lehre | 学习 | 吸取 | 教训 | 改进 | 整改 | \
    原因 | 分析 | 总结 | 复盘";

/// Somebody outside the house looks at it.
pub const OUTSIDE: &str = "\
    ombud | outside | external | independent | arbitrat | concili | mediat | regulator | tribunal | protecteur | \
    médiat | externe | arbitr | *schlicht | *extern | draußen | außerhalb | *aufsicht | verbraucherzentrale | \
    unabhängig | 外部 | 调解 | 仲裁 | 消协 | 消费者协会 | 消费者委员会 | 监管 | 12315 | 12345";

/// Cases that must not wait.
pub const URGENT: &str = "\
    urgent | urgency | priorit | emergenc | expedit | rush | urgence | dringend | *notfall | eilig | eilfall | \
    eilauftrag | vorrang | 紧急 | 加急 | 急件 | 特急 | 优先 | life-threat | was hurt | is hurt | verletzt | lebensgefahr | \
    受伤 | 生命危险";

/// A question by telephone or in writing, as against an application or a complaint.
pub const CONTACT: &str = "\
    call | phone | telephone | voicemail | voice mail | email | e-mail | enquir | inquir | question | chat | \
    appel | téléphon | courriel | renseignement | *anruf | *telefon | *anfrage | 电话 | 来电 | 邮件 | 咨询";

/// What turns one of [`URGENT`] into its opposite.
const NOT: &str = "\
    non-urgent | not urgent | non urgent | low priority | low-priority | lower priority | no priority | \
    without priority | non prioritaire | nicht dringend | nicht eilig | kein notfall | geringer priorit | \
    niedriger priorit | 非紧急 | 不紧急 | 非加急";

/// Walks over a list of beginnings.
fn each(stems: &str) -> impl Iterator<Item = &str> {
    stems.split('|').map(str::trim)
}

/// Tells whether one of the words begins in a text; with `*` in front it may stand within a word, as in German.
pub fn speaks_of(text: &str, stems: &str) -> bool {
    let lower = text.to_lowercase();
    let has = |stem: &str| match stem.strip_prefix('*') {
        Some(within) => lower.contains(within),
        None => lower.match_indices(stem).any(|(at, _)| begins_word(&lower, at)),
    };
    each(stems).any(has)
}

/// Tells whether a word begins at a place; a Chinese one may begin anywhere.
fn begins_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let is_wide = |letter: char| letter >= '\u{2E80}';
    let own = text.get(at..).and_then(|rest| rest.chars().next());
    own.is_some_and(is_wide) || before.is_none_or(|letter| !letter.is_alphanumeric() || is_wide(letter))
}

/// Tells whether a text speaks of it in any language.
pub fn says(text: &Text, stems: &str) -> bool {
    text.versions().any(|(_, version)| speaks_of(&version.value, stems))
}

/// Tells whether a text is about cases that must not wait.
pub fn is_urgent(text: &str) -> bool {
    let lower = text.to_lowercase();
    speaks_of(&lower, URGENT) && !each(NOT).any(|opposite| lower.contains(opposite))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_by_its_beginning_and_not_in_the_middle_of_another() {
        assert!(speaks_of("We solved it", SOLVE));
        assert!(!speaks_of("dissolve", "solv"));
        assert!(!speaks_of("Bitte weiterleiten", "eil"));
        assert!(speaks_of("solve-it", SOLVE));
    }

    #[test]
    fn a_german_compound_and_a_chinese_word_are_found_within() {
        assert!(speaks_of("Eingangsbestätigung", "*bestätig"));
        assert!(speaks_of("您的投诉已收到", ACKNOWLEDGE));
        assert!(speaks_of("请求accusé de réception", ACKNOWLEDGE));
    }

    #[test]
    fn what_is_not_urgent_is_not_taken_for_urgent() {
        for text in ["an urgent request", "the case has priority", "Notfall im Haus", "cas urgent", "加急件"] {
            assert!(is_urgent(text), "{text}");
        }
        for text in
            ["non-urgent requests", "a low-priority case", "nicht dringend", "非紧急", "the insurgent", "Eilenburg"]
        {
            assert!(!is_urgent(text), "{text}");
        }
    }
}
