//! Footing: the parts of every total and subtotal add up to it, at the books' precision, in every period.
//!
//! Authority: casting the statements is an auditor's first step on any set of accounts (ISA 500, recalculation).

use super::{
    Checked, Ledger,
    relation::{Relation, members, named, place_of, term},
};
use crate::model::{Line, Statement};

/// Looks at every line that names its parts.
pub fn check(checked: &Checked, ledger: &mut Ledger) {
    for statement in &checked.book.release.statements {
        for line in statement.lines.iter().filter(|line| !line.sum.is_empty()) {
            for period in &statement.periods {
                for member in members(statement) {
                    foot(checked, statement, line, &period.value, member, ledger);
                }
            }
        }
    }
}

fn foot(checked: &Checked, statement: &Statement, line: &Line, period: &str, member: &str, ledger: &mut Ledger) {
    let book = checked.book;
    let name = format!("{}.{}", statement.id.value, line.id.value);
    // A total that is left blank claims nothing.
    let Some(total) = term(book, &name, period, named(member), false) else { return };
    let parts = line.sum.iter().filter_map(|part| {
        let full =
            if part.name.contains('.') { part.name.clone() } else { format!("{}.{}", statement.id.value, part.name) };
        term(book, &full, period, named(member), part.deducted)
    });
    let of = if member.is_empty() { String::new() } else { format!("[{member}]") };
    let relation = Relation {
        name: format!("footing:{name}{of}@{period}"),
        rule: "footing",
        message: format!("the parts of `{name}{of}` do not add up to it"),
        period: period.to_owned(),
        total,
        parts: parts.collect(),
        place: place_of(line, period, member),
        unit: line.unit.as_ref().map_or_else(|| statement.unit.value.clone(), |unit| unit.value.clone()),
        pin: line.residuals.get(&(period.to_owned(), member.to_owned())),
    };
    ledger.judge(book, &relation);
}
