//! The cues of all playbooks, a script a language, which the home page loads when its picker is opened.
//!
//! A script, not JSON, since a page that was opened from a disk may load nothing else.

use super::site::RenderedSite;
use crate::view::address;
use crate::view::writer::Shared;

/// Adds the script of each language; a handbook without cues has none.
pub fn add(site: &mut RenderedSite, shared: &Shared<'_>) {
    for language in shared.languages() {
        let playbooks = shared.writer(language, "index.html").cues();
        let with_cues = playbooks.iter().filter(|playbook| !playbook.cues.is_empty());
        let rows: Vec<_> = with_cues.map(|it| (&it.playbook.href, &it.playbook.title, &it.cues)).collect();
        if rows.is_empty() {
            continue;
        }
        let json = serde_json::to_string(&rows).expect("a list is JSON");
        let folder = address::folder(language, &shared.tags);
        site.insert(format!("{folder}playbooks/cues.js"), format!("window.pledgebookCues={json}\n").into_bytes());
    }
}
