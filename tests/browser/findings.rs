//! What is wrong with the pages, gathered over many views of them and told once each.

use std::collections::BTreeMap;

/// Faults with the views in which they were seen.
#[derive(Default)]
pub(crate) struct Findings {
    views: BTreeMap<String, Vec<String>>,
}

impl Findings {
    /// Adds a fault that was seen in a view.
    pub(crate) fn add(&mut self, view: &str, fault: impl Into<String>) {
        self.views.entry(fault.into()).or_default().push(view.to_owned());
    }

    /// Fails the test if there is a fault, and tells all.
    pub(crate) fn assert_none(&self) {
        let told: Vec<_> =
            self.views.iter().map(|(fault, views)| format!("{fault}\n    in {}", shortened(views))).collect();
        assert!(told.is_empty(), "{} kinds of fault:\n\n{}\n", told.len(), told.join("\n\n"));
    }
}

fn shortened(views: &[String]) -> String {
    let named = views.iter().take(4).map(String::as_str).collect::<Vec<_>>().join(", ");
    match views.len().saturating_sub(4) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
