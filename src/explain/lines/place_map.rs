//! Maps offsets between an original and the text made from it.

/// Pieces that stand in both texts.
#[derive(Debug)]
pub(crate) struct PlaceMap {
    /// Where they start: in the original and in the text, ascending in the original.
    by_original: Vec<(usize, usize)>,
    /// The same, ascending in the text.
    by_text: Vec<(usize, usize)>,
}

impl PlaceMap {
    /// Makes a map from the starts of pieces in both texts, ascending in the text.
    pub(crate) fn new(by_text: Vec<(usize, usize)>) -> Self {
        let mut by_original = by_text.clone();
        by_original.sort_unstable();
        PlaceMap { by_original, by_text }
    }

    /// Maps an offset of the original to the text; `None` if what stands there was taken off.
    pub(crate) fn in_text(&self, original: usize) -> Option<usize> {
        let next = self.by_original.partition_point(|(from, _)| *from <= original);
        let (from, to) = self.by_original[next.checked_sub(1)?];
        let at = to + original - from;
        (self.in_original(at) == original).then_some(at)
    }

    /// Maps an offset of the text to the original.
    pub(crate) fn in_original(&self, at: usize) -> usize {
        let next = self.by_text.partition_point(|(_, to)| *to <= at);
        let (from, to) = next.checked_sub(1).map_or((0, 0), |last| self.by_text[last]);
        from + at - to
    }
}
