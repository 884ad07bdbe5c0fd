//! Presents a table of the narrative, or takes it from the tables that were presented of the same dataset before.

use crate::{
    model::TableSpec,
    present::{context::PresentContext, document::Table, presented_tables::PresentedTable, table::build_table},
};

/// The formatted table; a kept one if there is one, with everything that presenting it would record. A table reads only the
/// dataset and the words: never what the context has recorded before.
pub(super) fn present_table(context: &PresentContext, spec: &TableSpec) -> Table {
    let release = context.book.release;
    // What a file that cannot be read would have defined is not reported as missing, so tables may differ by more than the dataset.
    let Some(tables) = context.tables.filter(|_| !release.is_incomplete()) else { return build_table(context, spec) };
    let presented = tables.get_or_present((release.language.value.clone(), spec.id.value.clone()), || {
        let own = PresentContext::new(context.book, context.words, context.merger);
        let table = build_table(&own, spec);
        PresentedTable { table, record: own.into_record() }
    });
    context.replay(&presented.record);
    presented.table.clone()
}
