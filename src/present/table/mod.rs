//! Builds the tables: each cell from the keys of its row, its column and its table.

mod builder;
mod cell;
mod cell_keys;
mod cell_unit;
mod plan;
mod sums;

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use builder::TableBuilder;
use cell_keys::CellSpec;
use plan::RowPlan;

use super::{
    anchor::anchor_id,
    context::PresentContext,
    document::{Cell, Inline, Row, RowKind, Table},
    table_head::build_head,
};
use crate::{
    diag::Diagnostic,
    model::{At, CellKeys, ColumnSpec, LineKind, RowSpec, Rows, TableSpec},
};

/// The formatted table. A cell that cannot be built is reported, and left blank.
pub fn build_table(context: &PresentContext, spec: &TableSpec) -> Table {
    let (printed_cells, formats) = Default::default();
    let id = spec.id.value.as_str().into();
    let builder = TableBuilder { context, spec, id, printed_cells, formats, first_money_row: OnceCell::new() };
    let plans = builder.row_plans();
    builder.check_blank_rows(&plans);
    let paths: Vec<_> = spec.columns.iter().map(|column| builder.head_path(column)).collect();
    let stub = spec.stub.as_ref().map(|stub| builder.broken_text(stub, &[], None)).unwrap_or_default();
    let (head, columns) = build_head(stub, &paths);
    let mut rows: Vec<Row> = plans.iter().enumerate().map(|(number, plan)| builder.build_row(number, plan)).collect();
    let (averages, printed) = (&context.words.prose.average, builder.printed_cells.take());
    sums::record_sums(context.book, averages, &plans, &printed, &context.uses(), &mut rows);
    let caption = match &spec.caption {
        Some(caption) => builder.broken_text(caption, &spec.notes, None),
        None => builder.with_notes(Vec::new(), &spec.notes),
    };
    Table {
        id: spec.id.value.clone(),
        caption,
        unit_line: builder.join_lines(&spec.unit_line),
        head,
        columns,
        rows,
        landscape: spec.landscape,
        boxed: spec.boxed.unwrap_or(false),
    }
}

/// The kind of row that shows a line of this kind.
pub fn row_kind(kind: LineKind) -> RowKind {
    match kind {
        LineKind::Heading => RowKind::Heading,
        LineKind::Item => RowKind::Item,
        LineKind::Subtotal => RowKind::Subtotal,
        LineKind::Total => RowKind::Total,
    }
}

/// The text with a line break for each newline.
fn break_at_newlines(text: Vec<Inline>) -> Vec<Inline> {
    let mut broken = Vec::with_capacity(text.len());
    for inline in text {
        let Inline::Text { text } = inline else {
            broken.push(inline);
            continue;
        };
        for (number, line) in text.split('\n').enumerate() {
            broken.extend((number > 0).then_some(Inline::LineBreak));
            broken.extend((!line.is_empty()).then(|| Inline::Text { text: line.trim_end_matches('\r').to_owned() }));
        }
    }
    broken.truncate(broken.iter().rposition(|inline| *inline != Inline::LineBreak).map_or(0, |last| last + 1));
    broken
}

impl TableBuilder<'_, '_, '_> {
    fn text(&self, text: &At<String>, period: Option<&str>) -> Vec<Inline> {
        self.context.text(text, &self.spec.id.value, period)
    }

    /// A text with the marks of its notes.
    fn with_notes(&self, mut text: Vec<Inline>, notes: &[At<String>]) -> Vec<Inline> {
        text.extend(self.marks(notes));
        text
    }

    fn marks(&self, notes: &[At<String>]) -> Vec<Inline> {
        notes.iter().map(|note| self.context.note_mark(&note.value, &note.place)).collect()
    }

    /// The text of a caption, a head or a label, whose lines break where it is written so.
    fn broken_text(&self, text: &At<String>, notes: &[At<String>], period: Option<&str>) -> Vec<Inline> {
        self.with_notes(break_at_newlines(self.text(text, period)), notes)
    }

    fn join_lines(&self, lines: &[At<String>]) -> Vec<Inline> {
        let mut text = Vec::new();
        for line in lines {
            if !text.is_empty() {
                text.push(Inline::LineBreak);
            }
            text.extend(self.text(line, None));
        }
        text
    }

    fn row_plans(&self) -> Vec<RowPlan> {
        let mut rows = match &self.spec.rows {
            Rows::List(rows) => rows.iter().map(|row| self.row_plan(row)).collect(),
            Rows::Lines { of, from, to } => self.line_row_plans(&of.value, from.as_ref(), to.as_ref()),
        };
        self.name_rows(&mut rows);
        rows
    }

    /// Gives each row without an id one made from its label, which is that of the original in all languages, and reports ids that occur twice.
    fn name_rows(&self, rows: &mut [RowPlan]) {
        let mut seen: BTreeSet<Arc<str>> = BTreeSet::new();
        for row in rows.iter().filter(|row| !row.id.is_empty()) {
            if !seen.insert(Arc::clone(&row.id)) {
                let message = format!("`{}` has two rows called `{}`", self.spec.id.value, row.id);
                let finding = Diagnostic::error("duplicate-id", message).at(&row.place, "");
                self.context.report(finding.help("give one of them an `id` of its own"));
            }
        }
        for row in rows.iter_mut().filter(|row| row.id.is_empty()) {
            let base = anchor_id(self.context.book.release.original(&row.label), "row");
            row.id = (1..)
                .map(|number| if number == 1 { base.clone() } else { format!("{base}-{number}") })
                .find(|id| !seen.contains(id.as_str()))
                .unwrap_or_default()
                .into();
            seen.insert(Arc::clone(&row.id));
        }
    }

    fn row_plan(&self, row: &RowSpec) -> RowPlan {
        let release = self.context.book.release;
        let name = row.keys.line.as_ref().map(|line| line.value.as_str());
        let line = name.and_then(|name| release.line(name)).map(|(_, line)| line);
        let measure = name.and_then(|name| release.measure(name));
        let range = name.and_then(|name| release.range(name));
        let period = row.keys.period.as_ref().and_then(|period| release.period(&period.value));
        let label = row
            .label
            .as_ref()
            .or(line.map(|line| &line.label))
            .or(measure.and_then(|measure| measure.label.as_ref()))
            .or(range.map(|range| &range.label))
            .or(period.map(|period| &period.label));
        let is_unknown = name.is_some() && line.is_none() && measure.is_none() && range.is_none();
        let is_reported = is_unknown || row.keys.period.is_some() && period.is_none();
        if label.is_none() && !is_reported {
            let finding = Diagnostic::error("missing-key", "the row has no label").at(&row.place, "needs `label = …`");
            self.context.report(finding);
        }
        let last = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
        let id = row.id.as_ref().map(|id| id.value.clone());
        let id = id.or(name.map(last)).or(row.keys.period.as_ref().map(|period| period.value.clone()));
        RowPlan {
            id: id.unwrap_or_default().into(),
            label: label.cloned().unwrap_or_else(|| At::new(String::new(), row.place.clone())),
            kind: row.kind.or(line.map(|line| line.kind)).unwrap_or(LineKind::Item),
            indent: row.indent.or(line.map(|line| line.indent)).unwrap_or(0),
            notes: row.notes.clone().or_else(|| line.map(|line| line.notes.clone())).unwrap_or_default(),
            sum: row.sum.clone(),
            cells: row.cells.clone(),
            keys: row.keys.clone(),
            place: row.place.clone(),
        }
    }

    /// A row for each line of a statement between `from` and `to`, both included.
    fn line_row_plans(&self, statement: &str, from: Option<&At<String>>, to: Option<&At<String>>) -> Vec<RowPlan> {
        let Some(statement) = self.context.book.release.statement(statement) else { return Vec::new() };
        let position = |id: &At<String>| statement.lines.iter().position(|line| line.id.value == id.value);
        let start = from.and_then(position).unwrap_or(0);
        let end = to.and_then(position).map_or(statement.lines.len(), |last| last + 1);
        let lines = statement.lines.get(start..end).unwrap_or_default();
        if lines.is_empty() {
            let message = format!("`{}` has no rows", self.spec.id.value);
            self.context.report(Diagnostic::error("table", message).at(&self.spec.place, "`from` stands behind `to`"));
        }
        lines
            .iter()
            .map(|line| {
                let name = statement.name_of(line);
                let has_amount = line.kind != LineKind::Heading;
                RowPlan {
                    id: line.id.value.as_str().into(),
                    label: line.label.clone(),
                    kind: line.kind,
                    indent: line.indent,
                    notes: line.notes.clone(),
                    sum: Vec::new(),
                    cells: Vec::new(),
                    keys: CellKeys {
                        line: has_amount.then(|| At::new(name, line.id.place.clone())),
                        ..CellKeys::default()
                    },
                    place: line.id.place.clone(),
                }
            })
            .collect()
    }

    fn check_blank_rows(&self, rows: &[RowPlan]) {
        if matches!(&self.spec.rows, Rows::Lines { of, .. } if self.context.book.release.is_unread(&of.value)) {
            return;
        }
        for id in self.spec.blank.values().flatten() {
            if !rows.iter().any(|row| *row.id == *id.value) {
                let known = rows.iter().map(|row| &*row.id);
                let what = format!("row of `{}` called", self.spec.id.value);
                self.context.report(crate::model::unknown_name("unknown-row", &what, &id.value, &id.place, known));
            }
        }
    }

    /// A column's head texts, from the outermost group down. Without a head or group, it is the label of the period.
    fn head_path(&self, column: &ColumnSpec) -> Vec<Vec<Inline>> {
        let period = column.keys.period.as_ref().map(|period| period.value.as_str());
        let noted = |text: &At<String>| self.spec.group_notes.iter().find(|(group, _)| group.value == text.value);
        let notes_of = |text| noted(text).map(|(_, notes)| notes.as_slice()).unwrap_or_default();
        let mut path: Vec<_> = column.group.iter().map(|text| self.broken_text(text, notes_of(text), period)).collect();
        let label = || self.context.book.release.period(period?).map(|period| &period.label);
        let own = match &column.head {
            Some(head) => Some(head),
            None if path.is_empty() => label(),
            None => None,
        };
        path.extend(own.map(|head| self.broken_text(head, &[], period)));
        if path.is_empty() {
            path.push(Vec::new());
        }
        path.last_mut().into_iter().for_each(|head| head.extend(self.marks(&column.notes)));
        path
    }

    fn build_row(&self, number: usize, plan: &RowPlan) -> Row {
        let period = plan.keys.period.as_ref().or(self.spec.keys.period.as_ref()).map(|period| period.value.as_str());
        let label = self.broken_text(&plan.label, &plan.notes, period);
        let cell = |(at, column): (usize, &ColumnSpec)| self.cell_or_blank(plan, [number, at], column);
        let cells = self.spec.columns.iter().enumerate().map(cell).collect();
        Row {
            id: plan.id.to_string(),
            kind: row_kind(plan.kind),
            indent: plan.indent,
            label,
            cells,
            was: BTreeMap::new(),
        }
    }

    fn cell_or_blank(&self, row: &RowPlan, position: [usize; 2], column: &ColumnSpec) -> Cell {
        let blank = column.name.as_ref().and_then(|name| self.spec.blank.get(&name.value));
        if let Some(blank) = blank.and_then(|rows| rows.iter().find(|id| *id.value == *row.id)) {
            if let Some(own) = row.cell(column) {
                let message = format!("the cell `{}` of `{}` is in `blank` and in `cells`", own.column.value, row.id);
                let finding = Diagnostic::error("table", message).at(&own.column.place, "in `cells`");
                self.context.report(finding.with(&blank.place, "in `blank`"));
            }
            return Cell::Blank;
        }
        match self.build_cell(row, position, column) {
            Ok(cell) => self.with_cell_notes(cell, row, column),
            Err(finding) => {
                let finding = self.at_period_key(finding, row, column);
                let elsewhere = finding.place.as_ref().is_none_or(|(place, _)| place.source != row.place.source);
                let label = format!("used by the table `{}`", self.spec.id.value);
                self.context.report(match &finding.place {
                    Some(_) if elsewhere => finding.with(&row.place, label),
                    Some(_) => finding.note(label),
                    None => finding.at(&row.place, ""),
                });
                Cell::Blank
            }
        }
    }

    fn with_cell_notes(&self, mut cell: Cell, row: &RowPlan, column: &ColumnSpec) -> Cell {
        let notes = row.cell(column).map(|own| own.notes.as_slice()).unwrap_or_default();
        let marks = self.marks(notes);
        match (cell.inlines_mut(), notes.first()) {
            (Some(marked), _) => marked.extend(marks),
            (None, Some(note)) => {
                let finding = Diagnostic::error("note", format!("the note `{}` is at a blank cell", note.value));
                self.context.report(finding.at(&note.place, "nothing is printed there"));
            }
            (None, None) => {}
        }
        cell
    }

    /// The finding, moved to the table's `period` key if the line has no value in that period. So it is reported once for
    /// all rows.
    fn at_period_key(&self, finding: Diagnostic, row: &RowPlan, column: &ColumnSpec) -> Diagnostic {
        let keys = CellSpec::of(&self.levels(row, column));
        let own = keys.filter(|keys| finding.place.as_ref().is_some_and(|(place, _)| *place == keys.line.place));
        match own.and_then(|keys| keys.period).filter(|_| finding.rule == "missing-value") {
            Some(period) => finding.at(&period.place, ""),
            None => finding,
        }
    }
}
