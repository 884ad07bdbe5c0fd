//! The versions that a comparison names: a release, a file of a built release, or a git revision.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{checkout::Checkout, git::Git};
use crate::{
    diag::{Diagnostic, quoted_list},
    project::{check_slug, release_folders},
};

/// A version of a release, found.
#[derive(Debug)]
pub enum Version {
    /// A release of a project.
    Release { name: String, root: PathBuf, slug: String },
    /// A release as it was in a revision.
    Revision { name: String, checkout: Checkout, slug: String },
    /// A built `<release>.json`, with its text.
    Built { name: String, bytes: Vec<u8> },
}

/// The largest file of a built release.
const MAX_BUILT: u64 = 64 * 1024 * 1024;

impl Version {
    /// As the user named it.
    pub fn name(&self) -> &str {
        match self {
            Self::Release { name, .. } | Self::Revision { name, .. } | Self::Built { name, .. } => name,
        }
    }

    /// Whether both are the same folder.
    pub fn is_same(&self, other: &Self) -> bool {
        let real = |root: &Path| root.canonicalize().unwrap_or_else(|_| root.to_owned());
        match (self, other) {
            (Self::Release { root: a, slug: x, .. }, Self::Release { root: b, slug: y, .. }) => {
                x == y && real(a) == real(b)
            }
            _ => false,
        }
    }
}

/// How a version is named, before git is asked.
enum Named {
    Release {
        root: PathBuf,
        slug: String,
    },
    Built(PathBuf),
    /// A revision, and the release in it if that is named too.
    Revision {
        revision: String,
        slug: Option<String>,
    },
}

/// Finds both versions; without a second one, the release of the project that the first one is of. Errors: one is not found, or
/// nothing says which release is meant.
pub fn pair(root: &Path, old: &str, new: Option<&str>) -> Result<[Version; 2], Diagnostic> {
    let named_old = named(root, old)?;
    let named_new = match new {
        Some(new) => named(root, new)?,
        None => Named::Release { root: root.to_owned(), slug: default_release(root, &named_old)? },
    };
    let new = new.map_or_else(|| slug_of(&named_new).unwrap_or_default(), str::to_owned);
    let slugs = [slug_of(&named_new), slug_of(&named_old)];
    Ok([find(root, old, named_old, || slugs[0].clone())?, find(root, &new, named_new, || slugs[1].clone())?])
}

/// What a name says: a release of the project, a folder, a file, or else a revision.
fn named(root: &Path, name: &str) -> Result<Named, Diagnostic> {
    if check_slug(name).is_ok() && root.join("content").join(name).is_dir() {
        return Ok(Named::Release { root: root.to_owned(), slug: name.to_owned() });
    }
    let path = Path::new(name);
    if name.ends_with(".json") {
        return Ok(Named::Built(path.to_owned()));
    }
    if path.is_dir() {
        return release_at(path, name);
    }
    let (revision, slug) = name.split_once(':').map_or((name, None), |(revision, slug)| (revision, Some(slug)));
    let slug = slug.filter(|slug| !slug.is_empty()).map(|slug| slug.trim_end_matches('/'));
    let slug = slug.map(|slug| slug.strip_prefix("content/").unwrap_or(slug).to_owned());
    Ok(Named::Revision { revision: revision.to_owned(), slug })
}

/// The release in a folder, which is in the folder `content` of its project.
fn release_at(path: &Path, name: &str) -> Result<Named, Diagnostic> {
    let real = path.canonicalize().map_err(|error| Diagnostic::cannot_read(name, &error))?;
    let slug = real.file_name().map(|slug| slug.to_string_lossy().into_owned()).unwrap_or_default();
    let content = real.parent().filter(|content| content.ends_with("content"));
    let root = content.and_then(Path::parent).filter(|_| real.join("release.toml").is_file());
    let Some(root) = root else {
        let message = format!("`{name}` is no release: expected a folder `content/<release>` with `release.toml`");
        return Err(Diagnostic::io("read", message));
    };
    check_slug(&slug)?;
    Ok(Named::Release { root: root.to_owned(), slug })
}

fn slug_of(named: &Named) -> Option<String> {
    match named {
        Named::Release { slug, .. } => Some(slug.clone()),
        Named::Revision { slug, .. } => slug.clone(),
        Named::Built(path) => path.file_stem().map(|stem| stem.to_string_lossy().into_owned()),
    }
}

/// The release of the project that the old version is of, or the only one.
fn default_release(root: &Path, old: &Named) -> Result<String, Diagnostic> {
    let known = release_folders(root)?;
    if let Some(slug) = slug_of(old).filter(|slug| known.contains(slug)) {
        return Ok(slug);
    }
    match known.as_slice() {
        [only] => Ok(only.clone()),
        _ => {
            let finding = Diagnostic::io("diff", "nothing says which release to compare with");
            Err(finding.note(format!("the releases are {}", quoted_list(&known))).help("name it as the second version"))
        }
    }
}

fn find(root: &Path, name: &str, named: Named, other: impl Fn() -> Option<String>) -> Result<Version, Diagnostic> {
    let name = name.to_owned();
    match named {
        Named::Release { root, slug } => Ok(Version::Release { name, root, slug }),
        Named::Built(path) => {
            let cannot = |error| Diagnostic::cannot_read(&name, &error);
            if fs::metadata(&path).map_err(cannot)?.len() > MAX_BUILT {
                return Err(Diagnostic::io("read", format!("`{name}` has more than {} MiB", MAX_BUILT / 1024 / 1024)));
            }
            let bytes = fs::read(&path).map_err(cannot)?;
            Ok(Version::Built { name, bytes })
        }
        Named::Revision { revision, slug } => {
            let Some(slug) = slug.or_else(other).or_else(|| default_release(root, &Named::Built(PathBuf::new())).ok())
            else {
                let finding = Diagnostic::io("diff", format!("nothing says which release of `{name}` to compare"));
                return Err(finding.help(format!("write `{revision}:<release>`")));
            };
            let git = Git::new(root);
            let commit = git.commit(&revision)?;
            let checkout = Checkout::new(&git, &commit, &slug, &name)?;
            Ok(Version::Revision { name, checkout, slug })
        }
    }
}
