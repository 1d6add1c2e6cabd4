//! Recipes that check, build and publish a handbook where its repository lies.

use crate::scaffold::handbook::StarterFile;

/// Where a repository lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forge {
    /// GitHub, with Actions and Pages.
    Github,
    /// GitLab, with its pipelines and Pages.
    Gitlab,
    /// Forgejo or Codeberg, with Actions.
    Forgejo,
}

/// Gives the recipe, with its path below the root.
pub fn recipe(forge: Forge) -> StarterFile {
    let (path, text) = match forge {
        Forge::Github => (".github/workflows/handbook.yml", include_str!("ci/github.yml")),
        Forge::Gitlab => (".gitlab-ci.yml", include_str!("ci/gitlab.yml")),
        Forge::Forgejo => (".forgejo/workflows/handbook.yml", include_str!("ci/forgejo.yml")),
    };
    StarterFile { path: path.to_owned(), text: text.to_owned() }
}
