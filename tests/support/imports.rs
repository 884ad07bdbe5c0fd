//! Finds which file of `src/` imports from which: `use` declarations and paths in code, followed through re-exports.

use std::collections::{BTreeMap, BTreeSet};

use super::rust::identifiers;

/// A module: the path of its segments below the crate, `["render", "pdf"]`, and its code without tests.
pub struct Module {
    pub path: Vec<String>,
    pub file: String,
    pub code: String,
}

/// For each file, the files that it imports from. A module does not import its children by declaring or re-exporting them.
pub fn imports(modules: &[Module]) -> BTreeMap<String, BTreeSet<String>> {
    let by_path: BTreeMap<&[String], &Module> = modules.iter().map(|module| (module.path.as_slice(), module)).collect();
    let exported: BTreeMap<&[String], BTreeMap<String, Vec<String>>> =
        modules.iter().map(|module| (module.path.as_slice(), exports(module))).collect();
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for module in modules {
        for path in paths(&module.code, &module.path, false) {
            if let Some(found) = resolve(&path, &by_path, &exported, 0)
                && found.file != module.file
            {
                edges.entry(module.file.clone()).or_default().insert(found.file.clone());
            }
        }
    }
    edges
}

/// The groups of files that import from one another in a circle.
pub fn circles(edges: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reach = |from: &str| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(file) = open.pop() {
            for next in edges.get(&file).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&String, BTreeSet<String>> = edges.keys().map(|file| (file, reach(file))).collect();
    let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
    for (file, seen) in &reached {
        if seen.contains(*file) {
            let back = |other: &&String| reached.get(other).is_some_and(|seen| seen.contains(*file));
            circles.insert(seen.iter().filter(back).cloned().collect());
        }
    }
    circles.into_iter().collect()
}

/// The module that defines what a path names.
fn resolve<'m>(
    path: &[String],
    by_path: &BTreeMap<&[String], &'m Module>,
    exported: &BTreeMap<&[String], BTreeMap<String, Vec<String>>>,
    depth: usize,
) -> Option<&'m Module> {
    let length = (0..=path.len()).rev().find(|length| by_path.contains_key(&path[..*length]))?;
    let (module, rest) = path.split_at(length);
    let target = rest.first().and_then(|name| exported.get(module)?.get(name));
    match target {
        Some(target) if depth < 8 => {
            let further = [target.as_slice(), &rest[1..]].concat();
            resolve(&further, by_path, exported, depth + 1)
        }
        _ => by_path.get(module).copied(),
    }
}

/// What a module re-exports: the name, and the path that it stands for.
fn exports(module: &Module) -> BTreeMap<String, Vec<String>> {
    let named = paths(&module.code, &module.path, true);
    named.into_iter().filter_map(|path| Some((path.last()?.clone(), path))).collect()
}

/// The paths in a module's code, absolute below the crate: those of its `pub use` declarations, or all others.
fn paths(code: &str, own: &[String], exported: bool) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let mut end = 0;
    for (_, range) in identifiers(code) {
        if range.start < end {
            continue;
        }
        let (before, name) = (code[..range.start].trim_end(), &code[range.clone()]);
        if before.ends_with("::") || before.ends_with('.') {
            continue;
        }
        let declaration = before.rsplit([';', '}', '{']).next().unwrap_or_default().trim_start();
        let is_use = declaration.ends_with("use") || name == "use";
        let is_export = is_use && declaration.starts_with("pub");
        let is_rooted = ["crate", "super", "self"].contains(&name);
        let is_child = declaration.ends_with("use") && code[range.end..].starts_with("::");
        if is_export != exported || !(is_rooted || is_child) || !code[range.end..].trim_start().starts_with("::") {
            continue;
        }
        let (found, length) = tree(&code[range.start..]);
        end = range.start + length;
        out.extend(found.into_iter().filter_map(|path| absolute(&path, own)));
    }
    out
}

/// The paths of a use tree, and its length in bytes.
fn tree(text: &str) -> (Vec<Vec<String>>, usize) {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let (mut prefix, mut at) = (Vec::new(), 0);
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        if text[at..].starts_with('{') {
            let (mut out, mut inner) = (Vec::new(), at + 1);
            loop {
                inner += text[inner..]
                    .find(|c: char| c == '}' || c == '{' || c == '*' || is_name(c))
                    .unwrap_or(text[inner..].len());
                if !text[inner..].starts_with(|c: char| is_name(c) || c == '{') {
                    break;
                }
                let (found, length) = tree(&text[inner..]);
                out.extend(found.into_iter().map(|path| [prefix.as_slice(), &path].concat()));
                inner += length.max(1);
            }
            return (out, (inner + 1).min(text.len()));
        }
        let length = text[at..].find(|c| !is_name(c)).unwrap_or(text[at..].len());
        if length == 0 {
            return (vec![prefix], at);
        }
        prefix.push(text[at..at + length].to_owned());
        at += length;
        let rest = text[at..].trim_start();
        if let Some(alias) = rest.strip_prefix("as ") {
            let name = alias.find(|c| !is_name(c)).unwrap_or(alias.len());
            return (vec![prefix], at + (text[at..].len() - alias.len()) + name);
        }
        match rest.strip_prefix("::") {
            Some(after) if !after.starts_with('<') => at = text.len() - after.len(),
            _ => return (vec![prefix], at),
        }
    }
}

/// A path below the crate; none for a path of another crate.
fn absolute(path: &[String], own: &[String]) -> Option<Vec<String>> {
    let climbs = path.iter().take_while(|name| *name == "super").count();
    match path.first()?.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some([own, &path[1..]].concat()),
        "super" => Some([&own[..own.len().checked_sub(climbs)?], &path[climbs..]].concat()),
        // `use child::Item;`
        _ => Some([own, path].concat()),
    }
}
