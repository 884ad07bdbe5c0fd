//! The phrase for how two figures moved: "higher revenue and lower profit".

use super::{
    document::Inline,
    phrases::{PhraseContext, apply_function},
};
use crate::{
    diag::Diagnostic,
    figures::Absent,
    model::{Decimal, Expr, Function, parse_formula},
};

impl PhraseContext<'_, '_, '_> {
    /// The words for the movements of the subject and of the figure of the option `with`, a profit or loss.
    pub(super) fn pair(&self) -> Result<Vec<Inline>, Diagnostic> {
        let Some(second) = self.call.options.get("with") else {
            let finding = Diagnostic::error("missing-key", "`pair` needs `with`, its second figure").at(self.at, "");
            return Err(finding.help("write `{{ \"is.sales\" | pair(with=\"is.profit\") }}`"));
        };
        let (first, second) = (self.parse_expr()?, parse_formula(second, self.at)?);
        self.context.check_names(&second)?;
        let (first, second) = match (self.ends(&first)?, self.ends(&second)?) {
            (Ok(Some(first)), Ok(Some(second))) => (first, second),
            (_, Err(Absent::Pending)) | (Err(Absent::Pending), _) => return Ok(self.absent_mark(Absent::Pending)),
            _ => return Ok(Vec::new()),
        };
        let key = format!("{}_{}", direction(first), side(second));
        let styles = self.pattern(&self.context.words.pair, "plain")?;
        let text = styles.get(&key).filter(|_| !first.iter().any(Decimal::is_sign_negative)).ok_or_else(|| {
            let message = format!("there are no words for this pair of figures, `{key}`");
            let finding = Diagnostic::error("words", message).at(self.at, "");
            finding.note("the first figure is not negative; the second is a profit or a loss")
        })?;
        Ok(vec![Inline::Text { text: text.clone() }])
    }

    /// A figure's amount, and the one that it is compared with, or why one of them is not there. None beyond 28 digits.
    fn ends(&self, expr: &Expr) -> Result<Result<Option<[Decimal; 2]>, Absent>, Diagnostic> {
        let movement = self.compare_with(apply_function(Function::Difference, expr.clone()))?;
        let amount = self.displayed_figure(expr, None)?;
        Ok(match (amount, self.displayed_figure(&movement, None)?) {
            (Ok(amount), Ok(difference)) => {
                Ok(amount.exact.checked_sub(difference.exact).map(|before| [amount.exact, before]))
            }
            (Err(absent), _) | (_, Err(absent)) => Err(absent),
        })
    }
}

fn direction([now, before]: [Decimal; 2]) -> &'static str {
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => "up",
        std::cmp::Ordering::Equal => "flat",
        std::cmp::Ordering::Less => "down",
    }
}

/// How a profit or loss moved. A loss moves by its size.
fn side([now, before]: [Decimal; 2]) -> &'static str {
    let is_loss = |amount: Decimal| amount.is_sign_negative() && !amount.is_zero();
    match (is_loss(before), is_loss(now)) {
        (false, false) => direction([now, before]),
        (false, true) if before.is_zero() => "from_nothing",
        (false, true) => "to_loss",
        (true, false) if now.is_zero() => "to_nothing",
        (true, false) => "to_profit",
        (true, true) => match direction([now, before]) {
            "up" => "narrower_loss",
            "down" => "wider_loss",
            _ => "same_loss",
        },
    }
}
