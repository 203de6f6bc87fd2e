//! The units that a size takes, by DynamoDB's rules
//! (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html>).

/// What DynamoDB reads for one page, at most.
pub(crate) const PAGE: usize = 1024 * 1024;

/// Write units of something of this size.
pub(crate) fn write_units(size: usize) -> f64 {
    size.div_ceil(1024).max(1) as f64
}

/// Read units of something of this size, read consistently; half of it otherwise.
pub(crate) fn read_units(size: usize) -> f64 {
    size.div_ceil(4096).max(1) as f64
}
