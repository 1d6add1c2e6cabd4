//! `build`: writes the site, or leaves the old one whole.

use std::path::{Path, PathBuf};

use pledgebook::diagnostic::full;
use pledgebook::output;
use pledgebook::pipeline::{self, Errors, Options};
use pledgebook::source::disk::content_folder;

use super::arguments::{Arguments, Build};
use super::git::bumps;
use super::terminal::Terminal;
use super::wanted::tell_untold;
use super::{CLEAN, FINDINGS, Outcome};

/// Runs the command.
pub(crate) fn run(build: &Build, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let errors = if build.allow_errors { Errors::Shown } else { Errors::Refused };
    let options = Options { today: arguments.today(), base_url: build.base_url.clone(), errors };
    let out = build.out.clone().unwrap_or_else(|| arguments.root.join("public"));
    refuse_sources(&out, &arguments.root)?;
    let choice = build.wanted.choice()?;
    let bar = terminal.working("reading the handbook");
    let mut looked = pipeline::look(&arguments.root)?;
    let history = bumps(&arguments.root, &looked.prefix);
    let untold = pipeline::inspect(&mut looked, options.today, &choice, &history);
    bar.say("writing the pages");
    let site = pipeline::make(&mut looked, &options);
    bar.done();
    if looked.count() != Default::default() {
        terminal.answer(&full::print(&looked.diagnostics, &looked.tree, &looked.prefix, terminal.colour()))?;
    }
    tell_untold(untold, terminal);
    let Some(site) = site else {
        terminal.progress(&format!("nothing was written; `{}` is as it was", out.display()));
        return Ok(FINDINGS);
    };
    let published = output::publish(&site, &out)?;
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html")).count();
    let home: PathBuf = out.join("index.html");
    terminal
        .progress(&format!("{pages} pages, {} files written, {} unchanged", published.written, published.unchanged));
    if let Some(note) = &published.note {
        terminal.progress(note);
    }
    terminal.answer(&format!("{}\n", home.display()))?;
    Ok(if looked.count().errors > 0 { FINDINGS } else { CLEAN })
}

/// Refuses a folder for the site that holds the handbook, or is part of it.
fn refuse_sources(out: &Path, root: &Path) -> Result<(), String> {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let (content, _) = content_folder(root, pledgebook::parse::SETTINGS);
    for source in [content, root.join("themes")].iter().filter(|source| source.is_dir()).map(|source| whole(source)) {
        let target = whole(out);
        if target.starts_with(&source) || source.starts_with(&target) {
            let (out, source) = (out.display(), source.display());
            return Err(format!(
                "the site cannot be written to `{out}`, because the handbook is in `{source}`: choose another folder with `--out`"
            ));
        }
    }
    Ok(())
}
