//! Where the parts of a text stand in another that was made of it.

/// Pieces that stand in both texts.
#[derive(Debug)]
pub struct PlaceMap {
    /// Where they start: in the original and in the text, ascending in the original.
    by_original: Vec<(usize, usize)>,
    /// The same, ascending in the text.
    by_text: Vec<(usize, usize)>,
}

impl PlaceMap {
    /// Takes where the pieces start, in the original and in the text, ascending in the text.
    pub fn new(by_text: Vec<(usize, usize)>) -> Self {
        let mut by_original = by_text.clone();
        by_original.sort_unstable();
        PlaceMap { by_original, by_text }
    }

    /// Where a place of the original stands in the text; none where it was taken off.
    pub fn in_text(&self, place: usize) -> Option<usize> {
        let next = self.by_original.partition_point(|(from, _)| *from <= place);
        let (from, to) = self.by_original[next.checked_sub(1)?];
        let at = to + place - from;
        (self.in_original(at) == place).then_some(at)
    }

    /// Where a place of the text stands in the original.
    pub fn in_original(&self, place: usize) -> usize {
        let next = self.by_text.partition_point(|(_, to)| *to <= place);
        let (from, to) = next.checked_sub(1).map_or((0, 0), |last| self.by_text[last]);
        from + place - to
    }
}
