//! An amount, or the sum of a relation: where it is, and how far it may go.

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::rational::Point;
use crate::figures::Interval;

/// Something with a value that is to lie between bounds, both included.
pub struct Variable {
    pub low: Option<Point>,
    pub high: Option<Point>,
    pub value: Point,
}

impl Variable {
    /// A relation's sum, which must be zero.
    pub fn sum() -> Self {
        Self { low: Some(Point::ZERO), high: Some(Point::ZERO), value: Point::ZERO }
    }

    /// An amount within its interval, and at first where its published value is.
    pub fn amount(interval: Option<&Interval>) -> Self {
        let Some(Interval { low, high }) = interval else {
            return Self { low: None, high: None, value: Point::ZERO };
        };
        let (least, most) = (Point::from(*low), Point::to(*high));
        let value = match (low.open, high.open) {
            (false, true) => least.clone(),
            (true, false) => most.clone(),
            _ => Point { at: (&least.at + &most.at) / IBig::from(2), steps: RBig::ZERO },
        };
        Self { low: Some(least), high: Some(most), value }
    }

    /// The bound to go to, when out of bounds.
    pub fn violated_bound(&self) -> Option<&Point> {
        let low = self.low.as_ref().filter(|low| self.value < **low);
        low.or_else(|| self.high.as_ref().filter(|high| self.value > **high))
    }

    /// How far it may go up, or down (a way below zero); `None` without an end.
    pub fn room(&self, upwards: bool) -> Option<Point> {
        let bound = if upwards { &self.high } else { &self.low };
        bound.as_ref().map(|bound| bound.minus(&self.value))
    }

    /// Puts it between the bounds, so many of `of` parts of the way up.
    pub fn set_position(&mut self, parts: u32, of: u32) {
        if let (Some(low), Some(high)) = (&self.low, &self.high) {
            self.value = match parts {
                0 => low.clone(),
                _ if parts >= of => high.clone(),
                _ => {
                    let way = (&high.at - &low.at) * IBig::from(parts) / IBig::from(of);
                    Point { at: &low.at + way, steps: RBig::ZERO }
                }
            };
        }
    }
}
