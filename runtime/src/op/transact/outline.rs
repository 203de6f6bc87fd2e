//! A transaction without what it writes: enough to say of each action what became of it.

use super::ActionOutcome;
use crate::backoff::GaveUp;
use crate::error::{Call, Error, ErrorKind};
use crate::op::action::Part;
use crate::op::guard::Meaning;
use crate::sdk::Failure;
use crate::table::Table;

/// What is known of the actions once they are sent.
pub(super) struct Outline {
    /// What errors call the transaction: by the entity if all actions are of one.
    entity: &'static str,
    actions: Vec<Call>,
    /// For each write, what it means if its condition does not hold, and the action that it belongs to.
    writes: Vec<(Meaning, usize)>,
}

impl Outline {
    pub(super) fn of<T: Table>(actions: &[Vec<Part>]) -> Self {
        let calls: Vec<_> =
            actions.iter().flat_map(|writes| writes.first()).map(|part| part.write.call.clone()).collect();
        let mut entities = calls.iter().map(|call| call.entity);
        let entity = match entities.next() {
            Some(first) if entities.all(|entity| entity == first) => first,
            _ => T::LABEL,
        };
        let meanings = |(at, writes): (usize, &Vec<Part>)| {
            writes.iter().map(move |part| (part.write.guarded.meaning.clone(), at)).collect::<Vec<_>>()
        };
        let writes = actions.iter().enumerate().flat_map(meanings).collect();
        Self { entity, actions: calls, writes }
    }

    pub(super) fn call(&self) -> Call {
        Call { operation: "transact", entity: self.entity, key: None }
    }

    /// The error is that of the first action that is why, and brings what became of all.
    pub(super) fn failed(self, table: &str, mut failure: Failure, gave_up: Option<GaveUp>) -> Error {
        let reasons = std::mem::take(&mut failure.reasons);
        let mut errors: Vec<Option<Error>> = self.actions.iter().map(|_| None).collect();
        for ((meaning, action), reason) in self.writes.iter().zip(reasons) {
            // The first reason of an action is the one that is told.
            if reason.is_why() && errors[*action].is_none() {
                let error = Error::reason(self.actions[*action].clone(), reason, gave_up);
                errors[*action] = Some(meaning.explain(error));
            }
        }
        // Where one thing passes and another does not, the latter is what has to be mended.
        let told = |error: &&Error| !matches!(error.kind(), ErrorKind::Conflict | ErrorKind::Throttled);
        let why = errors.iter().flatten();
        match why.clone().find(told).or(why.clone().next()).cloned() {
            Some(main) => {
                let outcomes = self.actions.into_iter().zip(errors);
                let outcomes = outcomes.map(|(call, error)| ActionOutcome::new(call, error)).collect();
                main.cancelling(outcomes, failure)
            }
            None => Error::transaction(self.call(), table, failure, gave_up),
        }
    }
}
