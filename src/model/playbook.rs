//! A playbook: how to meet a kind of customer or moment.

use crate::fields::node::Node;
use crate::fields::reader::Reader;
use crate::fields::record::{Record, field_named};
use crate::fields::text::Text;
use crate::fields::value::{Extra, Few};
use crate::model::former::FormerIds;
use crate::model::kind::{Ref, Role};
use crate::record;

record! {
    /// When to hand over, and to whom.
    pub struct Escalation: "an escalation" {
        /// To whom.
        "to" must to: Option<Ref<Role>>,
        /// When.
        "when" may when: Text,
    }
}

record! {
    /// A playbook.
    pub struct Playbook: "a playbook" {
        /// What it is called.
        "title" must title: Text,
        /// What one sees and hears.
        "cues" may("unless there is `when`") cues: Vec<Text>,
        /// The moment it is for.
        "when" may("unless there are `cues`") when: Text,
        /// What it takes: listening, questioning, refusing, explaining.
        "skills" may skills: Vec<Text>,
        /// What to say, word by word.
        "say" may say: Vec<Text>,
        /// What never to say.
        "never_say" may never_say: Vec<Text>,
        /// When to hand over, and to whom.
        "escalate" may escalate: Few<Escalation>,
        /// The ids that it had before, so that old links still arrive.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    } then tell_without_moment
}

fn tell_without_moment(playbook: &mut Playbook, node: &Node, reader: &mut Reader) {
    let given = |key: &&str| node.get(key).is_some_and(|value| !value.is_empty()) || playbook.faulty.contains(key);
    if !["cues", "when"].iter().any(given) && !reader.incomplete {
        reader.tell_missing(field_named(Playbook::fields(), "cues"), "a playbook without `when`");
    }
}
