//! `build`: writes the site, or leaves the old one whole.
//!
//! A receipt of the last build lies in the user's folder for caches; where all that a build is made of is as it was then, and so are
//! the files that it wrote, it says again what it said.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pledgebook::diagnostic::full;
use pledgebook::output::Published;
use pledgebook::output::publication::Publication;
use pledgebook::output::receipt::Receipt;
use pledgebook::parse::SETTINGS;
use pledgebook::pipeline::{self, Errors, Looked, Options};
use pledgebook::source::SourceTree;
use pledgebook::source::disk::{ReadError, content_folder, read_tree};

use super::arguments::{Arguments, Build};
use super::git::{bumps, head, mailmap};
use super::past::{Asked, Of, known};
use super::reading::Files;
use super::terminal::Terminal;
use super::wanted::untold_lines;
use super::{CLEAN, FINDINGS, Outcome};

/// Runs the command.
pub(crate) fn run(build: &Build, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let errors = if build.allow_errors { Errors::Shown } else { Errors::Refused };
    let today = arguments.today.or(build.as_of).unwrap_or_else(|| arguments.today());
    let options = Options { today, base_url: build.base_url.clone(), errors };
    let out = build.out.clone().unwrap_or_else(|| arguments.root.join("public"));
    refuse_sources(&out, &arguments.root)?;
    let choice = build.wanted.choice()?;
    let bar = terminal.working("reading the handbook");
    let Files { tree, prefix, revision } = Files::on(&arguments.root, build.as_of)?;
    let revision = revision.or_else(|| head(&arguments.root));
    let history = bumps(&arguments.root, &prefix);
    let mailmap = mailmap(&arguments.root);
    let besides = format!("{revision:?} {history:?} {mailmap:?} {options:?} {build:?} {:?}", terminal.colour());
    let cache = if build.no_cache { None } else { Cache::of(&out, order(&tree, &arguments.root, build, besides)?) };
    if let Some(receipt) = cache.as_ref().and_then(Cache::receipt) {
        bar.done();
        return say(&receipt, Published { unchanged: receipt.files.len() - 1, ..Published::default() }, terminal);
    }
    let mut looked = pipeline::look_at(&arguments.root, tree, prefix)?;
    if let Some(revision) = &revision {
        looked.past = Arc::new(known_past(&looked, revision, build, (&arguments.root, terminal)));
    }
    let untold = pipeline::inspect(&mut looked, options.today, &choice, &history);
    bar.say("writing the pages");
    let publication = if pipeline::is_refused(&looked, &options) { None } else { Some(Publication::begin(&out)?) };
    let site = publication.as_ref().and_then(|into| pipeline::make_into(&mut looked, &options, into));
    bar.done();
    let said = findings(&looked, terminal);
    let (Some(site), Some(publication)) = (site, publication) else {
        terminal.answer(&said)?;
        untold_lines(untold).iter().for_each(|line| terminal.progress(line));
        terminal.progress(&format!("nothing was written; `{}` is as it was", out.display()));
        return Ok(FINDINGS);
    };
    let pages = site.paths().filter(|path| path.ends_with(".html")).count();
    let (published, files) = publication.finish(&site)?;
    let receipt = Receipt {
        order: cache.as_ref().map(|cache| cache.order.clone()).unwrap_or_default(),
        answer: format!("{said}{}\n", out.join("index.html").display()),
        remarks: untold_lines(untold),
        pages,
        errors: looked.count().errors > 0,
        files,
    };
    if let Some(cache) = &cache {
        // Without a receipt the next build only takes longer.
        let _ = receipt.keep(&cache.folder, &cache.out);
    }
    say(&receipt, published, terminal)
}

/// Asks git for the past up to a revision; nothing where it does not know.
fn known_past(looked: &Looked, revision: &str, build: &Build, (root, terminal): (&Path, &Terminal)) -> pipeline::Past {
    let asked = Asked { root, prefix: &looked.prefix, handbook: looked.handbook.handbook() };
    let of = if build.as_of.is_some() { Of::Revision } else { Of::Disk };
    let past = known(asked, revision, of).unwrap_or_default();
    if past.is_cut {
        terminal.progress(
            "git has not all revisions here (a shallow clone); the pages of decisions say that older ones are missing, and where \
             the last change of a page is older, the page says nothing of it",
        );
    }
    past
}

/// Gives what is said of a handbook's findings; nothing where there are none.
fn findings(looked: &Looked, terminal: &Terminal) -> String {
    if looked.count() == Default::default() {
        return String::new();
    }
    full::print(&looked.diagnostics, &looked.tree, &looked.prefix, terminal.colour())
}

/// Says what a build came to.
fn say(receipt: &Receipt, published: Published, terminal: &Terminal) -> Outcome {
    let Published { written, unchanged, note, .. } = published;
    receipt.remarks.iter().for_each(|line| terminal.progress(line));
    terminal.progress(&format!("{} pages, {written} files written, {unchanged} unchanged", receipt.pages));
    if let Some(note) = note {
        terminal.progress(&note);
    }
    terminal.answer(&receipt.answer)?;
    Ok(if receipt.errors { FINDINGS } else { CLEAN })
}

/// Where the receipts of builds lie, and which one would do.
struct Cache {
    folder: PathBuf,
    out: PathBuf,
    order: String,
}

impl Cache {
    /// Finds the user's folder for caches; nothing where there is none.
    fn of(out: &Path, order: String) -> Option<Cache> {
        let folder = dirs::cache_dir()?.join("pledgebook").join("builds");
        Some(Cache { folder, out: out.to_owned(), order })
    }

    fn receipt(&self) -> Option<Receipt> {
        Receipt::find(&self.folder, &self.out, &self.order)
    }
}

/// Gives a fingerprint of all that a build is made of: files, what else it was told, and this very program.
fn order(tree: &SourceTree, root: &Path, build: &Build, besides: String) -> Result<String, ReadError> {
    let themes = root.join("themes");
    let themes = if themes.is_dir() { read_tree(&themes)? } else { SourceTree::default() };
    let program = std::env::current_exe().and_then(fs::read).unwrap_or_default();
    let program = blake3::hash(&program).to_hex();
    let known = build.wanted.baseline.as_ref().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    Ok(pipeline::order(tree, &themes, &[&besides, &known, program.as_str()]))
}

/// Refuses a folder for the site that holds the handbook, or is part of it or of another.
fn refuse_sources(out: &Path, root: &Path) -> Result<(), String> {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let refused = |source: &Path| {
        let (out, source) = (out.display(), source.display());
        Err(format!(
            "the site cannot be written to `{out}`, because a handbook is in `{source}`: choose another folder with `--out`"
        ))
    };
    let target = whole(out);
    let (content, _) = content_folder(root, SETTINGS);
    for source in [content, root.join("themes")].iter().filter(|source| source.is_dir()).map(|source| whole(source)) {
        if target.starts_with(&source) || source.starts_with(&target) {
            return refused(&source);
        }
    }
    let within = target.ancestors().map(Path::to_owned).chain([content_folder(&target, SETTINGS).0]);
    within.into_iter().find(|folder| folder.join(SETTINGS).is_file()).map_or(Ok(()), |source| refused(&source))
}
