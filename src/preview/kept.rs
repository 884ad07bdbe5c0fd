//! What one state of a release leaves to the next: what is made of the dataset alone, until the dataset changes.

use std::{
    ops::Add,
    sync::{Arc, OnceLock},
};

use super::source_map::SourceMap;
use crate::{closing::KeptClosing, commands::KeptFigures, load::KeptDataset, project::Project};

/// The dataset as it was read, and what closing made of it in the words of a project.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    pub dataset: KeptDataset,
    pub closing: Arc<KeptClosing>,
    project: Arc<Project>,
}

/// What a build had to do: what is not counted was taken from the state before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// The datasets that were read.
    pub datasets: usize,
    /// The tables that were presented.
    pub tables: usize,
    /// The pages that were presented, in each language.
    pub presented: usize,
    /// The pages that had been written of what the build replaced, most of them because somebody asked for them.
    pub pages: usize,
}

impl Add for Work {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            datasets: self.datasets + other.datasets,
            tables: self.tables + other.tables,
            presented: self.presented + other.presented,
            pages: self.pages + other.pages,
        }
    }
}

impl Kept {
    /// What is left of a former state for one with this dataset and project, and whether both are the same as before. Otherwise
    /// the tables have to be presented again.
    pub(super) fn renew(former: Option<&Self>, dataset: KeptDataset, project: &Arc<Project>) -> (Self, bool) {
        let is_same = |former: &&Self| former.dataset.is_same(&dataset) && Arc::ptr_eq(&former.project, project);
        let same = former.filter(is_same);
        let closing = same.map(|former| Arc::clone(&former.closing)).unwrap_or_default();
        (Self { closing, project: Arc::clone(project), dataset }, same.is_some())
    }

    /// How many tables and how many pages have been presented of this dataset.
    pub(super) fn presented(&self) -> (usize, usize) {
        let presented = &self.closing.presented;
        (presented.tables.count(), presented.pages.count())
    }
}

/// A source map that is made when it is asked for: without findings, only a click on a figure asks.
#[derive(Debug, Default)]
pub(super) struct SourceMapOnDemand {
    figures: Option<Arc<KeptFigures>>,
    map: OnceLock<SourceMap>,
}

impl SourceMapOnDemand {
    /// The map of what the figures are of.
    pub(super) fn of(figures: &Arc<KeptFigures>) -> Self {
        Self { figures: Some(Arc::clone(figures)), map: OnceLock::new() }
    }

    pub(super) fn get(&self) -> &SourceMap {
        self.map.get_or_init(|| {
            let figures = self.figures.as_ref();
            let map = figures.map(|figures| {
                figures.present(|editions| SourceMap::new(editions.iter().map(|(book, presented)| (book, presented))))
            });
            map.unwrap_or_default()
        })
    }
}

impl From<SourceMap> for SourceMapOnDemand {
    fn from(map: SourceMap) -> Self {
        Self { figures: None, map: OnceLock::from(map) }
    }
}
