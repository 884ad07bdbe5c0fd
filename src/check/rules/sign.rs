//! Sign: an amount is on the side that its line declares.
//!
//! **What it demands.** A line with `balance = "positive"` holds no negative amount, one with `"negative"` no positive
//! one. Zero is on both sides. A line without `balance` may hold either.
//!
//! **Why.** A turned sign is a common slip, and where no sum takes the amount nothing else notices it: interest paid,
//! capital expenditure, shares, contracts. Elements of the accounting taxonomies declare their balance for the same
//! reason (XBRL 2.1, 5.1.1.2).
//!
//! **An example.** `structure/sign`
//!
//! **How to mend it.** Turn the amount's sign. Amounts are entered with the sign that the statement prints: what is
//! deducted from a sum stays positive and is written `"-id"` there. If the amount can be on either side, the line has
//! no `balance`.

use super::super::{CheckInput, CheckResults};
use crate::{diag::Diagnostic, figures::EnteredAmount};

/// Looks at every amount of a line that declares its side.
pub fn check(input: &CheckInput, results: &mut CheckResults) {
    for entered in &input.book.entered {
        if entered.line.balance.is_some_and(|balance| balance.excludes(entered.amount)) {
            results.push(turned(entered));
        }
    }
}

fn turned(entered: &EnteredAmount) -> Diagnostic {
    let name = entered.statement.full_name(&entered.line.id.value);
    let (is, side) =
        if entered.amount.is_sign_negative() { ("negative", "positive") } else { ("positive", "negative") };
    let finding = Diagnostic::error("sign", format!("`{name}` is {is}, but declared {side}"));
    finding.at(entered.place, format!("{}: is the sign wrong?", entered.period))
}
