//! Fields that an update sets together, because index keys are composed of several of them.

use std::marker::PhantomData;

use super::clauses::Clauses;
use crate::entity::Entity;
use crate::expr::field::Field;
use crate::expr::role::Stores;

/// Fields of the entity `E` that some index keys are composed of together: a struct that the derive makes.
///
/// It is set as a whole, by [`Update::set_together`](crate::Update::set_together).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no group of fields of `{E}` that are set together",
    label = "expected a struct such as `ProductTenantStatus {{ .. }}`",
    note = "the derive makes one where index keys are composed of several fields together; any other field is `.set(..)`"
)]
pub trait FieldGroup<E> {
    #[doc(hidden)]
    fn set(self, together: &mut Together<'_, E>);
}

/// What a [`FieldGroup`] is set in.
#[derive(Debug)]
pub struct Together<'u, E>(&'u mut Clauses, PhantomData<fn() -> E>);

impl<'u, E: Entity> Together<'u, E> {
    pub(crate) fn new(clauses: &'u mut Clauses) -> Self {
        Self(clauses, PhantomData)
    }

    /// One of the fields.
    #[doc(hidden)]
    pub fn set<T, R>(&mut self, field: Field<E, T, R>, value: T)
    where
        T: Send + Sync + 'static,
        R: Stores<T>,
    {
        self.0.push(field.set(&value));
        self.0.touched.set(field.path.attribute, value);
    }
}
