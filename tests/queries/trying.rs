//! Queries of any type, and what they make of cursors.

use monotable::{Cursor, CursorError, Error, ErrorKind, Handle, Index, Query, Table};
use tokio::runtime::Runtime;

/// A query of any type.
pub trait Tried {
    /// A cursor behind its second item.
    fn cursor(&self, runtime: &Runtime) -> Cursor;

    /// How many items are behind a cursor, or why it is refused: in every way to run the query.
    fn tried(&self, runtime: &Runtime, cursor: &Cursor) -> Result<usize, CursorError>;
}

impl<O: Send + 'static, I: Index, T: Table> Tried for Query<O, I, Handle<T>> {
    fn cursor(&self, runtime: &Runtime) -> Cursor {
        let page = runtime.block_on(async { self.clone().limit(2).page().await });
        page.unwrap().into_inner().next.expect("there is more to come")
    }

    fn tried(&self, runtime: &Runtime, cursor: &Cursor) -> Result<usize, CursorError> {
        let query = || self.clone().after(cursor.clone());
        let (all, others) = runtime.block_on(async {
            let others = [
                query().stream().next().await.and_then(Result::err),
                query().page().await.err(),
                query().count().await.err(),
                query().first().await.err(),
                // There may be several.
                query().one().await.err().filter(|error| error.kind() == ErrorKind::InvalidCursor),
                query().explain().err(),
            ];
            (query().await, others)
        });
        let all = all.map(|items| items.len()).map_err(|error| why(&error));
        for other in others {
            assert_eq!(other.map(|error| why(&error)), all.err());
        }
        all
    }
}

fn why(error: &Error) -> CursorError {
    assert_eq!((error.kind(), error.cost().calls), (ErrorKind::InvalidCursor, 0), "{error}");
    let source = std::error::Error::source(error).expect("a cause");
    let reason = *source.downcast_ref::<CursorError>().expect("a cursor's error");
    assert!(error.to_string().ends_with(&reason.to_string()), "{error}");
    reason
}
