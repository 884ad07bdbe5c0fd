//! What closing a release makes of its dataset alone, kept for closing it again with another narrative.

use crate::{check::KeptRelations, present::Presented};

/// The tables, pages and relations of one state of a dataset and of the words. Whoever keeps them knows that both are the same.
#[derive(Debug, Default)]
pub struct KeptClosing {
    pub presented: Presented,
    pub relations: KeptRelations,
}
