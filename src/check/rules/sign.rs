//! Sign: an amount has the sign that its line declares.
//!
//! **What it checks.** A line with `balance = "positive"` must not have negative amounts, and one with `balance =
//! "negative"` must not have positive amounts. Zero is allowed in both. A line without `balance` may have either sign.
//!
//! **Why.** A wrong sign is a common keying error. If no sum includes the amount, no other rule detects it: interest
//! paid, capital expenditure, shares, contracts. The accounting taxonomies declare the balance of their elements for the
//! same reason (XBRL 2.1, 5.1.1.2).
//!
//! **Example.** `structure/sign`
//!
//! **How to fix it.** Reverse the sign of the amount. Enter amounts with the sign that the statement prints: an amount
//! that is deducted from a sum stays positive, and the `sum` names it as `"-id"`. If the line can have amounts of either
//! sign, remove `balance`.

use super::super::{CheckInput, CheckResults};
use crate::{diag::Diagnostic, figures::EnteredAmount};

/// Looks at every amount of a line that declares its side.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let mut looked_at = 0;
    for entered in &input.book.entered {
        let Some(balance) = entered.line.balance else { continue };
        looked_at += 1;
        if balance.excludes(entered.amount) {
            results.push(finding(entered));
        }
    }
    looked_at
}

fn finding(entered: &EnteredAmount) -> Diagnostic {
    let name = entered.statement.full_name(&entered.line.id.value);
    let (is, side) =
        if entered.amount.is_sign_negative() { ("negative", "positive") } else { ("positive", "negative") };
    let finding = Diagnostic::error("sign", format!("`{name}` is {is}, but declared {side}"));
    finding.at(entered.place, format!("{}: is the sign wrong?", entered.period))
}
