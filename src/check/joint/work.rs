//! A declared limit on the work of a decision, counted in steps, so that the same input always gives the same answer.

/// The limit was reached before there was an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfWork;

/// The steps that are left. A step is one multiplication: exact ones of longer numbers count as several.
#[derive(Debug, Clone)]
pub struct Work {
    left: usize,
}

impl Work {
    pub const fn of(steps: usize) -> Self {
        Self { left: steps }
    }

    /// Takes so many steps off what is left.
    pub fn spend(&mut self, steps: usize) -> Result<(), OutOfWork> {
        self.left = self.left.checked_sub(steps).ok_or(OutOfWork)?;
        Ok(())
    }
}
