//! Cross-footing: in every line of a statement with members, the members add up to their total.
//!
//! Authority: a statement of changes in equity reconciles each component and the whole (IAS 1.106, ASC 505-10-50-2).

use super::{
    Checked, Ledger,
    relation::{Relation, is_unread, named, place_of, term},
};
use crate::model::{Across, Line, Statement};

/// Looks at every line of every statement that says which members add up to which.
pub fn check(checked: &Checked, ledger: &mut Ledger) {
    for statement in &checked.book.release.statements {
        for across in &statement.across {
            for line in statement.lines.iter().filter(|line| applies(statement, line)) {
                for period in &statement.periods {
                    foot(checked, statement, across, line, &period.value, ledger);
                }
            }
        }
    }
}

fn applies(statement: &Statement, line: &Line) -> bool {
    !line.id.value.is_empty() && !statement.across_except.iter().any(|except| except.value == line.id.value)
}

fn foot(checked: &Checked, statement: &Statement, across: &Across, line: &Line, period: &str, ledger: &mut Ledger) {
    let book = checked.book;
    let name = format!("{}.{}", statement.id.value, line.id.value);
    let member = across.total.value.as_str();
    let Some(total) = term(book, &name, period, named(member), false) else { return };
    if across.parts.iter().any(|part| is_unread(book, &name, period, Some(&part.name))) {
        return;
    }
    let parts = across.parts.iter().filter_map(|part| term(book, &name, period, Some(&part.name), part.deducted));
    let relation = Relation {
        name: format!("across:{name}[{member}]@{period}"),
        rule: "across",
        message: format!("the members of `{name}` do not add up to `{member}`"),
        period: period.to_owned(),
        total,
        parts: parts.collect(),
        place: place_of(line, period, member),
        says: ("the members make", "stated is"),
        other: None,
        unit: line.unit.as_ref().map_or_else(|| statement.unit.value.clone(), |unit| unit.value.clone()),
        pin: None,
    };
    ledger.judge(book, &relation);
}
