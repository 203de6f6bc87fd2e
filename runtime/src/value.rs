//! Conversions that keep calls short: `"c1"` where a `String` is wanted, a reference where a value is.

/// What can be given where a value of `T` is wanted: a `T`, a `&T`, and `&str` for text;
/// where the value is optional, also what it holds if it is there.
///
/// ```
/// use monotable::IntoValue;
///
/// fn customer_id(id: impl IntoValue<String>) -> String {
///     id.into_value()
/// }
/// assert_eq!(customer_id("ada"), customer_id(String::from("ada")));
/// ```
#[diagnostic::on_unimplemented(
    message = "expected a value of `{T}`, found `{Self}`",
    label = "`{T}` is wanted here"
)]
pub trait IntoValue<T> {
    /// The value.
    fn into_value(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> IntoValue<T> for T {
    fn into_value(self) -> T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone> IntoValue<T> for &T {
    fn into_value(self) -> T {
        self.clone()
    }
}

#[diagnostic::do_not_recommend]
impl IntoValue<String> for &str {
    fn into_value(self) -> String {
        self.to_owned()
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoValue<Option<T>> for T {
    fn into_value(self) -> Option<T> {
        Some(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone> IntoValue<Option<T>> for &T {
    fn into_value(self) -> Option<T> {
        Some(self.clone())
    }
}

#[diagnostic::do_not_recommend]
impl IntoValue<Option<String>> for &str {
    fn into_value(self) -> Option<String> {
        Some(self.to_owned())
    }
}
