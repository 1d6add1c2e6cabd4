//! A step: what somebody does on the way to what was promised.

use crate::fields::scalar::Given;
use crate::fields::text::Text;
use crate::fields::value::{Extra, Few};
use crate::model::former::FormerIds;
use crate::model::kind::{Checklist, Playbook, Ref, Standard, Step as StepTarget};
use crate::model::quantity::{Actor, Period};
use crate::record;
use crate::units::duration::Duration;
use crate::words;

words! {
    /// Where a step happens, as in a service blueprint.
    pub enum Stage: "a stage" {
        /// The customer acts.
        "customer" Customer,
        /// Staff act, and the customer sees it.
        "front" Front,
        /// Staff act, and the customer does not see it.
        "back" Back,
        /// Another unit or firm acts.
        "support" Support,
    }
}

record! {
    /// A step of a service.
    pub struct Step: "a step" {
        /// What is done, as a command.
        "title" must title: Text,
        /// Who does it.
        "actor" must actor: Option<Actor>,
        /// Where it happens.
        "stage" must stage: Given<Stage>,
        /// The standard whose limit it is a part of.
        "standard" may standard: Option<Ref<Standard>>,
        /// How long it may take.
        "takes" may takes: Given<Duration>,
        /// The steps that come before; where it is left out, the step written before it.
        "after" may after: Few<Ref<StepTarget>>,
        /// Whether the clock pauses meanwhile.
        "pauses" may pauses: Given<bool>,
        /// After what time the customer is reminded.
        "remind" may remind: Given<Duration>,
        /// After what time the case is closed.
        "closes" may closes: Given<Duration>,
        /// Whether it counts towards the limit; `false` for what comes after the promise is kept.
        "counts" may counts: Given<bool>,
        /// The limit agreed with another unit or supplier.
        "agreement" may agreement: Given<Duration>,
        /// What the customer is told.
        "tells" may tells: Few<Text>,
        /// What the customer is given.
        "gives" may gives: Few<Text>,
        /// The checklist that goes with it.
        "checklist" may checklist: Option<Ref<Checklist>>,
        /// The playbook that goes with it.
        "playbook" may playbook: Option<Ref<Playbook>>,
        /// In which cases it is done.
        "when" may when: Text,
        /// How often it is done.
        "every" may every: Option<Period>,
        /// The step whose outcome it looks at again.
        "reviews" may reviews: Few<Ref<StepTarget>>,
        /// The ids that it had before, so that old links still arrive.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    }
}
