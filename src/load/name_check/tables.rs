//! The names in tables and charts.

use super::NameCheck;
use crate::{
    diag::{Diagnostic, nearest},
    model::{CellKeys, CellWords, RowSpec, Rows, TableSpec},
};

impl<'a> NameCheck<'a> {
    pub(super) fn check_table(&mut self, table: &'a TableSpec) {
        self.check_cell_keys(&table.keys);
        table.columns.iter().for_each(|column| self.check_cell_keys(&column.keys));
        for name in table.blank.keys() {
            if !table.columns.iter().any(|column| column.name.as_ref().is_some_and(|known| known.value == *name)) {
                let message = format!("no column of `{}` is named `{name}`", table.id.value);
                self.findings
                    .push(Diagnostic::error("unknown-column", message).at(&table.place, "named in its `blank`"));
            }
        }
        for (group, _) in &table.group_notes {
            let groups = || table.columns.iter().flat_map(|column| &column.group).map(|group| group.value.as_str());
            if !groups().any(|known| known == group.value) {
                let what = format!("group of columns in `{}` called", table.id.value);
                self.unknown_name("unknown-column", &what, &group.value, &group.place, groups());
            }
        }
        match &table.rows {
            Rows::List(rows) => rows.iter().for_each(|row| self.check_row(table, row)),
            Rows::Lines { of, from, to } => match self.release.statement(&of.value) {
                Some(statement) => {
                    for id in from.iter().chain(to).filter(|id| statement.line(&id.value).is_none()) {
                        self.report_unknown_line(statement, &id.value, &id.place);
                    }
                }
                None => self.report_unknown_statement(of),
            },
        }
    }

    fn check_row(&mut self, table: &'a TableSpec, row: &'a RowSpec) {
        self.check_cell_keys(&row.keys);
        for cell in &row.cells {
            self.check_cell_keys(&cell.keys);
            let names = || table.columns.iter().filter_map(|column| Some(column.name.as_ref()?.value.as_str()));
            if !names().any(|name| name == cell.column.value) {
                let name = &cell.column.value;
                let message = format!("no column of `{}` is named `{name}`", table.id.value);
                let finding = Diagnostic::error("unknown-column", message);
                self.findings.push(match nearest(name, names()) {
                    Some(near) => finding.at(&cell.column.place, format!("did you mean `{near}`?")),
                    None => finding.at(&cell.column.place, "").help(format!("name a column: `name = \"{name}\"`")),
                });
            }
        }
    }

    fn check_cell_keys(&mut self, keys: &'a CellKeys) {
        let figures = keys.line.iter().filter(|line| self.release.range(&line.value).is_none());
        figures.for_each(|line| self.check_name(&line.value, None, &line.place));
        if let Some(CellWords::Date(name)) = &keys.words {
            self.findings.extend(self.release.unknown_date(&name.value, &name.place));
        }
        keys.period.iter().for_each(|period| self.check_period(&period.value, &period.place));
        keys.unit.iter().chain(&keys.balance_unit).for_each(|unit| self.check_unit(unit));
        keys.compare_with.iter().for_each(|period| self.check_period(&period.value, &period.place));
        keys.show.iter().for_each(|show| self.check_formula(show));
    }
}
