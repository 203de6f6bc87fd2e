//! The states of typed queries, as types.

/// So many parts of the sort key are fixed by equality.
#[derive(Debug)]
pub struct At<const PARTS: usize>;

/// So many parts are fixed by equality, and the next one by a range: nothing can follow.
#[derive(Debug)]
pub struct RangeAfter<const PARTS: usize>;

/// The states in which so many parts are fixed, or more.
pub trait Reaches<const PARTS: usize> {}

/// States have names, because to rustc a number in the place of a const argument is an item of its own, and
/// generated code is full of states.
macro_rules! states {
    ($($parts:literal $at:ident $range_after:ident: $($from:literal)*;)*) => {$(
        #[doc(hidden)]
        pub type $at = At<$parts>;
        #[doc(hidden)]
        pub type $range_after = RangeAfter<$parts>;
        $(
            impl Reaches<$from> for At<$parts> {}
            impl Reaches<$from> for RangeAfter<$parts> {}
        )*
    )*};
}

// The derive refuses a sort key of more parts.
states! {
    0 At0 RangeAfter0: 0;
    1 At1 RangeAfter1: 0 1;
    2 At2 RangeAfter2: 0 1 2;
    3 At3 RangeAfter3: 0 1 2 3;
    4 At4 RangeAfter4: 0 1 2 3 4;
    5 At5 RangeAfter5: 0 1 2 3 4 5;
    6 At6 RangeAfter6: 0 1 2 3 4 5 6;
    7 At7 RangeAfter7: 0 1 2 3 4 5 6 7;
    8 At8 RangeAfter8: 0 1 2 3 4 5 6 7 8;
    9 At9 RangeAfter9: 0 1 2 3 4 5 6 7 8 9;
    10 At10 RangeAfter10: 0 1 2 3 4 5 6 7 8 9 10;
    11 At11 RangeAfter11: 0 1 2 3 4 5 6 7 8 9 10 11;
    12 At12 RangeAfter12: 0 1 2 3 4 5 6 7 8 9 10 11 12;
    13 At13 RangeAfter13: 0 1 2 3 4 5 6 7 8 9 10 11 12 13;
    14 At14 RangeAfter14: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14;
    15 At15 RangeAfter15: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15;
    16 At16 RangeAfter16: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16;
}
