//! Headlines: every headline figure has the figure that it is compared with.
//!
//! **What it checks.** A `[[headline]]` with `compare = "none"` is a warning. The others show their change and the figure of the
//! prior period, or the mark for a change that is not meaningful.
//!
//! **Why.** A figure at the head of a release, alone, lets its reader guess whether it is good. A card that loses its comparison from
//! one release to the next is the first that analysts ask about: practice of investor relations, no standard asks for it.
//!
//! **Example.** `headline/alone`, reported as `headline-comparative`
//!
//! **How to fix it.** Leave `compare` out, and give the period its `prior`; a change that says nothing is `"n.m."`, declared as
//! `[[stated]]`.

use super::super::{CheckInput, CheckResults};
use crate::{diag::Diagnostic, model::Compare};

/// The name of its findings.
const RULE: &str = "headline-comparative";

/// Looks at every headline.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let headlines = &input.book.release.headlines;
    for headline in headlines.iter().filter(|headline| headline.compare == Some(Compare::None)) {
        let message = format!("the headline `{}` is compared with nothing", headline.figure.value);
        let finding = Diagnostic::warning(RULE, message).at(&headline.place, "");
        results.push(finding.help("leave `compare` out; a change that is not meaningful prints its mark"));
    }
    headlines.len()
}
