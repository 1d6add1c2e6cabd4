//! What happened to a thing, in the field's words.

use std::fmt;

use crate::model::kind::Kind;
use crate::parse::SETTINGS;

/// The length of a fingerprint, in hexadecimal digits.
pub const FINGERPRINT: usize = 12;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A thing is no longer there.
    Withdrawn,
    /// A customer can expect less, or waits longer.
    Loosened,
    /// A limit is to be kept in fewer cases.
    TargetLowered,
    /// Nothing is owed any more when a promise is broken.
    RemedyRemoved,
    /// Less is owed when a promise is broken, later, or only on request.
    RemedyLowered,
    /// There is one more case to which it does not apply.
    ExceptionAdded,
    /// An exception goes further, at the cost of customers.
    ExceptionWidened,
    /// A customer has to bring more.
    NeedAdded,
    /// A customer pays more.
    FeeRaised,
    /// A way to reach it is gone.
    ChannelRemoved,
    /// It applies in fewer places.
    ScopeNarrowed,
    /// There are fewer hours, or a day less, on which there is work.
    HoursShortened,
    /// A customer can expect more, or waits less.
    Tightened,
    /// A limit is to be kept in more cases.
    TargetRaised,
    /// Something is owed when a promise is broken, and was not before.
    RemedyAdded,
    /// More is owed when a promise is broken, sooner, or without asking.
    RemedyRaised,
    /// There is one case less to which it does not apply.
    ExceptionRemoved,
    /// An exception goes less far.
    ExceptionNarrowed,
    /// A customer has to bring less.
    NeedRemoved,
    /// A customer pays less.
    FeeLowered,
    /// There is one more way to reach it.
    ChannelAdded,
    /// It applies in more places.
    ScopeWidened,
    /// There are more hours, or a day more, on which there is work.
    HoursExtended,
    /// A thing is new.
    Added,
    /// The limit by which the staff steer is longer; customers are told nothing of it.
    InternalLoosened,
    /// The limit by which the staff steer is shorter.
    InternalTightened,
    /// The law gives another limit.
    LegalChanged,
    /// Another event starts or stops the clock, or lets it pause.
    ClockChanged,
    /// How well it is done is said in other words, of which none can tell whether it is more.
    LevelChanged,
    /// A sentence to customers says another number.
    StatementChanged,
    /// Something else is owed when a promise is broken.
    RemedyChanged,
    /// It does not apply in another case than before.
    ExceptionChanged,
    /// A customer pays in another way.
    FeeChanged,
    /// Somebody else answers for it.
    OwnerChanged,
    /// A role may grant more.
    AuthorityRaised,
    /// A role may grant less.
    AuthorityLowered,
    /// Somebody else may grant it, stands in or is reported to.
    AuthorityChanged,
    /// Somebody else is told, or at another time.
    EscalationChanged,
    /// There is one more step.
    StepAdded,
    /// There is one step less.
    StepRemoved,
    /// A step is done by somebody else, takes longer or shorter, or asks for something else.
    StepChanged,
    /// The steps are in another order.
    OrderChanged,
    /// There is one more item to tick.
    ItemAdded,
    /// There is one item less to tick.
    ItemRemoved,
    /// Business time is counted in another way.
    HoursChanged,
    /// Other standards stand behind a promise.
    BackingChanged,
    /// It is measured in another way.
    MeasureChanged,
    /// Something else that binds is different.
    RuleChanged,
    /// It belongs to another service.
    Moved,
    /// It has another id.
    Renamed,
    /// Only words are different.
    Wording,
    /// Only a translation is different.
    Translation,
    /// It was looked at.
    Reviewed,
}

/// What a change means for customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// They get less, later, or in fewer cases.
    Worse,
    /// They get more, sooner, or in more cases.
    Better,
    /// A decision that they do not feel at once.
    Inside,
    /// No decision.
    None,
}

impl What {
    /// All that can happen.
    pub const ALL: [Self; 53] = [
        Self::Withdrawn,
        Self::Loosened,
        Self::TargetLowered,
        Self::RemedyRemoved,
        Self::RemedyLowered,
        Self::ExceptionAdded,
        Self::ExceptionWidened,
        Self::NeedAdded,
        Self::FeeRaised,
        Self::ChannelRemoved,
        Self::ScopeNarrowed,
        Self::HoursShortened,
        Self::Tightened,
        Self::TargetRaised,
        Self::RemedyAdded,
        Self::RemedyRaised,
        Self::ExceptionRemoved,
        Self::ExceptionNarrowed,
        Self::NeedRemoved,
        Self::FeeLowered,
        Self::ChannelAdded,
        Self::ScopeWidened,
        Self::HoursExtended,
        Self::Added,
        Self::InternalLoosened,
        Self::InternalTightened,
        Self::LegalChanged,
        Self::ClockChanged,
        Self::LevelChanged,
        Self::StatementChanged,
        Self::RemedyChanged,
        Self::ExceptionChanged,
        Self::FeeChanged,
        Self::OwnerChanged,
        Self::AuthorityRaised,
        Self::AuthorityLowered,
        Self::AuthorityChanged,
        Self::EscalationChanged,
        Self::StepAdded,
        Self::StepRemoved,
        Self::StepChanged,
        Self::OrderChanged,
        Self::ItemAdded,
        Self::ItemRemoved,
        Self::HoursChanged,
        Self::BackingChanged,
        Self::MeasureChanged,
        Self::RuleChanged,
        Self::Moved,
        Self::Renamed,
        Self::Wording,
        Self::Translation,
        Self::Reviewed,
    ];

    /// Gives its words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Loosened => "loosened",
            Self::TargetLowered => "target lowered",
            Self::RemedyRemoved => "remedy removed",
            Self::RemedyLowered => "remedy lowered",
            Self::ExceptionAdded => "exception added",
            Self::ExceptionWidened => "exception widened",
            Self::NeedAdded => "need added",
            Self::FeeRaised => "fee raised",
            Self::ChannelRemoved => "channel removed",
            Self::ScopeNarrowed => "scope narrowed",
            Self::HoursShortened => "hours shortened",
            Self::Tightened => "tightened",
            Self::TargetRaised => "target raised",
            Self::RemedyAdded => "remedy added",
            Self::RemedyRaised => "remedy raised",
            Self::ExceptionRemoved => "exception removed",
            Self::ExceptionNarrowed => "exception narrowed",
            Self::NeedRemoved => "need removed",
            Self::FeeLowered => "fee lowered",
            Self::ChannelAdded => "channel added",
            Self::ScopeWidened => "scope widened",
            Self::HoursExtended => "hours extended",
            Self::Added => "added",
            Self::InternalLoosened => "internal limit loosened",
            Self::InternalTightened => "internal limit tightened",
            Self::LegalChanged => "legal limit changed",
            Self::ClockChanged => "clock changed",
            Self::LevelChanged => "level changed",
            Self::StatementChanged => "statement changed",
            Self::RemedyChanged => "remedy changed",
            Self::ExceptionChanged => "exception changed",
            Self::FeeChanged => "fee changed",
            Self::OwnerChanged => "owner changed",
            Self::AuthorityRaised => "authority raised",
            Self::AuthorityLowered => "authority lowered",
            Self::AuthorityChanged => "authority changed",
            Self::EscalationChanged => "escalation changed",
            Self::StepAdded => "step added",
            Self::StepRemoved => "step removed",
            Self::StepChanged => "step changed",
            Self::OrderChanged => "order changed",
            Self::ItemAdded => "item added",
            Self::ItemRemoved => "item removed",
            Self::HoursChanged => "hours changed",
            Self::BackingChanged => "backing changed",
            Self::MeasureChanged => "measure changed",
            Self::RuleChanged => "rule changed",
            Self::Moved => "moved",
            Self::Renamed => "renamed",
            Self::Wording => "wording only",
            Self::Translation => "translation only",
            Self::Reviewed => "reviewed",
        }
    }

    /// Gives its name for machines: `target-lowered`.
    pub fn name(self) -> String {
        self.words().replace(' ', "-")
    }

    /// Tells what it means for customers, where it happens to a thing of a kind.
    pub fn effect(self, kind: Kind) -> Effect {
        let is_owed = matches!(kind, Kind::Service | Kind::Standard | Kind::Promise);
        match self {
            Self::Withdrawn if is_owed => Effect::Worse,
            Self::Added if is_owed => Effect::Better,
            Self::Loosened
            | Self::TargetLowered
            | Self::RemedyRemoved
            | Self::RemedyLowered
            | Self::ExceptionAdded
            | Self::ExceptionWidened
            | Self::HoursShortened
            | Self::NeedAdded
            | Self::FeeRaised
            | Self::ChannelRemoved
            | Self::ScopeNarrowed => Effect::Worse,
            Self::Tightened
            | Self::TargetRaised
            | Self::RemedyAdded
            | Self::RemedyRaised
            | Self::ExceptionRemoved
            | Self::ExceptionNarrowed
            | Self::HoursExtended
            | Self::NeedRemoved
            | Self::FeeLowered
            | Self::ChannelAdded
            | Self::ScopeWidened => Effect::Better,
            Self::Renamed | Self::Wording | Self::Translation | Self::Reviewed => Effect::None,
            _ => Effect::Inside,
        }
    }
}

impl Effect {
    /// Gives its name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Inside => "inside",
            Self::None => "none",
        }
    }
}

/// Where a thing stands, for a person to open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The path below the root.
    pub path: String,
    /// The line, from one.
    pub line: usize,
    /// Whether the file is that of the older handbook, because the thing is no longer in the newer.
    pub before: bool,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub what: What,
    /// What it means for customers.
    pub effect: Effect,
    /// The kind of the thing.
    pub kind: Kind,
    /// Its whole id: `repair/in-warranty/turnaround`; the new one where it was renamed.
    pub id: String,
    /// The id that it has today, where it was renamed since.
    pub now: Option<String>,
    /// Its title.
    pub title: String,
    /// The field, as it is written in the file; empty where it is the thing itself.
    pub field: String,
    /// What it was; empty where it was not there.
    pub before: String,
    /// What it is; empty where it is gone.
    pub after: String,
    /// Where it stands.
    pub at: At,
}

impl Change {
    /// Gives the id that the thing has today.
    pub fn id_now(&self) -> &str {
        self.now.as_ref().unwrap_or(&self.id)
    }

    /// Gives the service, as it is called today, of a service, standard, step or promise.
    pub fn service(&self) -> Option<&str> {
        match self.kind {
            Kind::Service => Some(self.id_now()),
            Kind::Standard | Kind::Step | Kind::Promise => self.id_now().rsplit_once('/').map(|(service, _)| service),
            _ => None,
        }
    }

    /// Gives the field without the case or the item that it is about, and that: `variants.limit` and `a fridge`.
    pub fn field_and_case(&self) -> (String, &str) {
        let Some((part, rest)) = PARTS.iter().find_map(|part| Some((*part, self.field.strip_prefix(part)?))) else {
            return (self.field.clone(), "");
        };
        if rest == "when" {
            // The words of all cases.
            return (self.field.clone(), "");
        }
        let whole = part.trim_end_matches('.');
        let inner = rest.rsplit_once('.').filter(|(_, inner)| FIELDS_OF_PARTS.contains(inner));
        inner.map_or((whole.to_owned(), rest), |(case, inner)| (format!("{whole}.{inner}"), case))
    }

    /// Tells whether it is a decision, and not only a matter of words.
    pub fn is_decision(&self) -> bool {
        self.effect != Effect::None
    }

    /// Names the kind of thing: `standard`; what is no thing, `settings`.
    pub fn kind_word(&self) -> &'static str {
        if self.kind == Kind::Page && self.id == SETTINGS { "settings" } else { self.kind.word() }
    }

    /// Gives a fingerprint that stays the same wherever the thing stands and whatever else changes beside it, so that an approval
    /// of the change survives a rebase.
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let name = self.what.name();
        for part in [name.as_str(), self.kind.folder(), &self.id, &self.field, &self.before, &self.after] {
            hasher.update(part.as_bytes());
            hasher.update(b"\0");
        }
        let mut digits = hasher.finalize().to_hex().to_string();
        digits.truncate(FINGERPRINT);
        digits
    }
}

/// What fields begin with that have the words of a case or the id of an item in them.
const PARTS: [&str; 3] = ["variants.", "exceptions.", "items."];

/// The fields within them.
const FIELDS_OF_PARTS: [&str; 6] = ["limit", "internal", "target", "up_to", "who", "standard"];

impl fmt::Display for Change {
    /// Writes what is different: `limit 10 business days → 12 business days`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut field, case) = self.field_and_case();
        if !case.is_empty() {
            field.push_str(&format!(" ({case})"));
        }
        let parts = [field.as_str(), &self.before].into_iter().filter(|part| !part.is_empty());
        f.write_str(&parts.collect::<Vec<_>>().join(" "))?;
        match (self.before.is_empty(), self.after.is_empty()) {
            (false, false) => write!(f, " → {}", self.after),
            (true, false) if self.field.is_empty() => f.write_str(&self.after),
            (true, false) => write!(f, " {}", self.after),
            (false, true) if !self.field.is_empty() => f.write_str(" → none"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(field: &str, before: &str, after: &str) -> Change {
        let at = At { path: "content/services/a.md".into(), line: 3, before: false };
        let (field, before, after) = (field.into(), before.into(), after.into());
        let (what, effect) = (What::Loosened, Effect::Worse);
        Change {
            what,
            effect,
            kind: Kind::Standard,
            id: "a/quick".into(),
            now: None,
            title: "Quick".into(),
            field,
            before,
            after,
            at,
        }
    }

    #[test]
    fn a_change_is_said_with_what_was_and_what_is() {
        let said = |field, before, after| change(field, before, after).to_string();
        assert_eq!(said("limit", "2 weeks", "3 weeks"), "limit 2 weeks → 3 weeks");
        assert_eq!(said("limit", "2 weeks", ""), "limit 2 weeks → none");
        assert_eq!(said("limit", "", "3 weeks"), "limit 3 weeks");
        assert_eq!(said("variants.it burns.limit", "2 days", "3 days"), "variants.limit (it burns) 2 days → 3 days");
        assert_eq!(said("exceptions.Mr. X", "", "2 days"), "exceptions (Mr. X) 2 days");
        assert_eq!(
            (said("", "Quick", ""), said("", "", "Quick"), said("", "old", "new")),
            ("Quick".into(), "Quick".into(), "old → new".into())
        );
    }

    #[test]
    fn the_fingerprint_is_that_of_the_decision_wherever_it_stands() {
        let one = change("limit", "2 weeks", "3 weeks");
        let at = At { path: "content/services/b.md".into(), line: 90, before: false };
        assert_eq!(Change { at, title: "Fast".into(), ..one.clone() }.fingerprint(), one.fingerprint());
        assert_ne!(change("limit", "2 weeks", "4 weeks").fingerprint(), one.fingerprint());
        assert_ne!(
            change("limit", "2 weeks3", " weeks").fingerprint(),
            change("limit", "2 weeks", "3 weeks").fingerprint()
        );
    }

    #[test]
    fn to_lose_what_is_owed_is_worse_and_to_lose_a_page_is_not() {
        assert_eq!(What::Withdrawn.effect(Kind::Promise), Effect::Worse);
        assert_eq!(What::Withdrawn.effect(Kind::Page), Effect::Inside);
        assert_eq!(What::Added.effect(Kind::Standard), Effect::Better);
        assert_eq!(What::LegalChanged.effect(Kind::Standard), Effect::Inside);
        assert_eq!(What::Wording.effect(Kind::Standard), Effect::None);
    }
}
