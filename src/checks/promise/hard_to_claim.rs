//! `promise/hard-to-claim`: a remedy that the customer has to work for.

use std::collections::BTreeSet;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::table::Row;
use crate::fields::text::{SOURCE, Text};
use crate::model::promise::{Invoke, Promise, PromiseKind};
use crate::model::service::Service;
use crate::units::nearest::listed;

/// The check.
pub const CHECK: Check = Check {
    name: "promise/hard-to-claim",
    severity: Severity::Warning,
    finds: "Nothing says how a guarantee is claimed, or claiming takes more than two steps, a proof or another channel.",
    why: "A guarantee that is hard to claim saves little and costs the trust that it should buy: the customer was let \
          down once and is now asked to prove it. You also lose the news of your own failures. Best is a remedy that \
          comes by itself; next best is one sentence to whoever the customer talks to anyway.",
    wrong: &[(
        "services/repair.md",
        "channels: [phone, counter]\npromises:\n  on-time:\n    kind: guarantee\n    remedy: {what: labour refunded, within: 5bd}\n    \
         invoke: {how: \"Fill in the form, enclose the receipt and post both.\", steps: 3, proof: the receipt}\n",
    )],
    right: &[(
        "services/repair.md",
        "channels: [phone, counter]\npromises:\n  on-time:\n    kind: guarantee\n    \
         remedy: {what: labour refunded, within: 5bd, automatic: true}\n    invoke: {how: Nothing to do. We refund it ourselves., steps: 0}\n",
    )],
    finder: Finder::Run(run),
};

/// The most steps that a claim may take.
const MOST_STEPS: u32 = 2;
/// How authors write that no proof is asked for.
const NO_PROOF: [&str; 10] =
    ["none", "nothing", "no", "no proof", "not needed", "keine", "keiner", "nichts", "无", "不需要"];

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (service, row) in inspection.promises() {
        let promise = &row.value;
        let automatic = promise.remedy.as_ref().and_then(|remedy| remedy.automatic.as_ref());
        if automatic.is_some_and(|automatic| automatic.value) {
            continue;
        }
        match &promise.invoke {
            Some(invoke) => {
                found.extend(tell_work(row, invoke));
                found.extend(tell_channel(row, invoke, &service.fields));
            }
            None => found.extend(tell_without_way(row)),
        }
    }
}

/// Tells a guarantee of which nothing says how it is claimed; one without a remedy has nothing to claim.
fn tell_without_way(row: &Row<Promise>) -> Option<Diagnostic> {
    let promise = &row.value;
    let is_guarantee = promise.kind.as_ref().is_some_and(|kind| kind.value == PromiseKind::Guarantee);
    let remedy = promise.remedy.as_ref().filter(|remedy| !remedy.faulty.contains(&"automatic"))?;
    if !is_guarantee || promise.faulty.contains(&"invoke") {
        return None;
    }
    let place = remedy.what.exactly(SOURCE).map_or(row.span, |what| what.span);
    let message = format!("nothing says how a customer claims the remedy of `{}`", row.id);
    let action = "add `automatic: true` to the remedy, or `invoke: {how: …, steps: 1}` with what the customer does";
    Some(CHECK.told(place, message).action(action))
}

fn tell_work(row: &Row<Promise>, invoke: &Invoke) -> Option<Diagnostic> {
    let steps = invoke.steps.as_ref().filter(|steps| steps.value > MOST_STEPS);
    let proof = invoke.proof.0.iter().find_map(demanded);
    let (place, message) = match (steps, proof) {
        (Some(steps), _) => (steps.span, format!("claiming the remedy of `{}` takes {} steps", row.id, steps.value)),
        (None, Some(proof)) => (proof, format!("whoever claims the remedy of `{}` has to prove something", row.id)),
        (None, None) => return None,
    };
    let message = if steps.is_some() && proof.is_some() { format!("{message} and a proof") } else { message };
    let told = CHECK.told(place, message);
    let told = match proof.filter(|_| steps.is_some()) {
        Some(proof) => told.label(proof, "the proof"),
        None => told,
    };
    let action = "look up yourselves what you can know, and let the customer say one sentence: `steps: 1`, no `proof`";
    Some(told.action(action))
}

/// Gives the place of a proof that is asked for.
fn demanded(proof: &Text) -> Option<crate::source::Span> {
    let written = proof.exactly(SOURCE)?;
    let word = written.value.trim().trim_end_matches(['.', '。']).to_lowercase();
    (!NO_PROOF.contains(&word.as_str())).then_some(written.span)
}

fn tell_channel(row: &Row<Promise>, invoke: &Invoke, service: &Service) -> Option<Diagnostic> {
    let offered: BTreeSet<&str> = service.channels.iter().map(|channel| channel.id.as_str()).collect();
    if offered.is_empty() || service.faulty.contains(&"channels") {
        return None;
    }
    let elsewhere = invoke.channels.iter().find(|channel| !offered.contains(channel.id.as_str()))?;
    let message =
        format!("the remedy of `{}` is claimed by `{}`, where this service is not offered", row.id, elsewhere.id);
    let told = CHECK.told(elsewhere.span, message);
    Some(told.action(format!("write {}, or add `{}` to the channels of the service", listed(offered), elsewhere.id)))
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told};

    fn found(fields: &str) -> Vec<String> {
        let text = format!("channels: [phone, counter]\npromises: {{p: {{kind: guarantee, {fields}}}}}\n");
        told("promise/hard-to-claim", &[("services/repair.md", &service(&text))])
    }

    /// Says what is found of a way to claim a remedy that does not come by itself.
    fn of_way(invoke: &str) -> Vec<String> {
        found(&format!("remedy: {{what: W, within: 5bd}}, invoke: {{{invoke}}}"))
    }

    #[test]
    fn a_remedy_that_comes_by_itself_needs_no_way_to_claim_it() {
        assert_eq!(found("remedy: {what: W, within: 5bd, automatic: true}"), [""; 0]);
        assert_eq!(found("remedy: {what: W, within: 5bd, automatic: true}, invoke: {steps: 4}"), [""; 0]);
        assert_eq!(
            found("remedy: {what: W, within: 5bd}"),
            [
                "services/repair.md:8 nothing says how a customer claims the remedy of `p` → add `automatic: true` to the \
              remedy, or `invoke: {how: …, steps: 1}` with what the customer does"
            ]
        );
    }

    #[test]
    fn a_guarantee_without_a_remedy_is_told_by_another_check() {
        assert_eq!(found("slogan: S"), [""; 0]);
    }

    #[test]
    fn two_steps_are_easy_and_three_are_not() {
        assert_eq!(of_way("how: H, steps: 2"), [""; 0]);
        assert_eq!(of_way("how: H, steps: 3").len(), 1);
    }

    #[test]
    fn a_proof_is_told_once_with_the_steps() {
        assert_eq!(of_way("how: H, steps: 1, proof: the receipt").len(), 1);
        let lines = of_way("how: H, steps: 3, proof: [the receipt, a photo]");
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(lines[0].contains("takes 3 steps and a proof"), "{lines:#?}");
        assert_eq!(of_way("how: H, steps: 1, proof: none"), [""; 0]);
    }

    #[test]
    fn the_claim_is_made_where_the_service_is_offered() {
        assert_eq!(of_way("how: H, channels: [counter]"), [""; 0]);
        let lines = of_way("how: H, channels: [mail]");
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(
            lines[0].ends_with("write `counter` or `phone`, or add `mail` to the channels of the service"),
            "{lines:#?}"
        );
    }
}
