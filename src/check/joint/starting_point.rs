//! Puts the amounts, before the first pivot, where all relations nearly hold.

use super::{least_squares::LeastSquares, tableau::Tableau, work::Work};

/// Into how many parts an interval is divided, so that the numbers stay short.
const PARTS: u32 = 256;

impl Tableau {
    /// Puts the amounts where all relations may well hold; leaves them where they are when the work ends before.
    pub fn start_near_solution(&mut self, work: &mut Work) {
        if self.out_of_bounds.is_empty() {
            return;
        }
        let Ok(places) = LeastSquares::of(self).solve(work) else { return };
        for (variable, parts) in self.variables.iter_mut().zip(places.rounded_parts(PARTS)) {
            variable.set_position(parts, PARTS);
        }
        self.add_up();
    }
}
