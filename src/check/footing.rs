//! Footing: the parts of every total and subtotal add up to it, at the books' precision, in every period.
//!
//! Authority: casting the statements is an auditor's first step on any set of accounts (ISA 500, recalculation).

use super::{
    Checked, Ledger,
    relation::{Relation, is_unread, named, place_of, term},
};
use crate::model::{Line, Statement};

/// Looks at every line that names its parts.
pub fn check(checked: &Checked, ledger: &mut Ledger) {
    for statement in &checked.book.release.statements {
        for line in statement.lines.iter().filter(|line| !line.sum.is_empty()) {
            for period in &statement.periods {
                for member in statement.member_names() {
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
    let parts: Vec<_> = line.sum.iter().map(|part| (full_name(statement, &part.name), part.deducted)).collect();
    let told = |part: &str| is_unread(book, part, period, named(member)) || !are_alike(checked, part, line, statement);
    if parts.iter().any(|(part, _)| told(part)) {
        return;
    }
    let parts = parts.iter().filter_map(|(part, deducted)| term(book, part, period, named(member), *deducted));
    let of = if member.is_empty() { String::new() } else { format!("[{member}]") };
    let relation = Relation {
        name: format!("footing:{name}{of}@{period}"),
        rule: "footing",
        message: format!("the parts of `{name}{of}` do not add up to it"),
        period: period.to_owned(),
        total,
        parts: parts.collect(),
        place: place_of(line, period, member),
        says: ("the parts make", "stated is"),
        other: None,
        unit: line.unit.as_ref().map_or_else(|| statement.unit.value.clone(), |unit| unit.value.clone()),
        pin: line.residuals.get(&(period.to_owned(), member.to_owned())),
    };
    ledger.judge(book, &relation);
}

fn full_name(statement: &Statement, id: &str) -> String {
    if id.contains('.') { id.to_owned() } else { format!("{}.{id}", statement.id.value) }
}

/// Whether a part is in the total's unit; where it is not, that has been told.
fn are_alike(checked: &Checked, part: &str, total: &Line, statement: &Statement) -> bool {
    let theirs = checked.book.line(part).map(|(statement, line)| &statement.unit_of(line).base);
    theirs == Some(&statement.unit_of(total).base)
}
