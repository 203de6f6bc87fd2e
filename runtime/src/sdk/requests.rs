//! The requests of a batch as JSON, one behind the other: what is sent of them is copied, and nothing made again.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use aws_sdk_dynamodb::types::{DeleteRequest, PutRequest, WriteRequest};

use crate::item::{EncodedItem, ItemView};
use crate::wire::{Names, Place};

/// Puts and deletes of one table.
#[derive(Clone, Default)]
pub(crate) struct Requests {
    /// Each with a comma behind it: `{"PutRequest":{"Item":{..}}},`.
    json: Vec<u8>,
    /// Where the attributes of each are, from its first brace on.
    places: Vec<Place>,
}

/// Where one of them is.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) kind: RequestKind,
    json: Range<usize>,
    places: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestKind {
    /// With an item.
    Put,
    /// With a key.
    Delete,
}

const TAIL: &[u8] = b"}},";

impl RequestKind {
    fn head(self) -> &'static [u8] {
        match self {
            Self::Put => b"{\"PutRequest\":{\"Item\":",
            Self::Delete => b"{\"DeleteRequest\":{\"Key\":",
        }
    }
}

impl Requests {
    /// Adds one with this item or key.
    pub(crate) fn add(&mut self, kind: RequestKind, item: &EncodedItem) -> Request {
        let (json, places) = (self.json.len(), self.places.len());
        self.json.reserve(kind.head().len() + item.json_len() + TAIL.len());
        self.json.extend_from_slice(kind.head());
        item.put_into(&mut self.json);
        self.json.extend_from_slice(TAIL);
        self.places.extend_from_slice(item.places());
        Request { kind, json: json..self.json.len(), places: places..self.places.len() }
    }

    /// Makes room for so many more like this one, and somewhat longer ones.
    pub(crate) fn reserve(&mut self, more: usize, like: &Request) {
        let longer = |length: usize| more.saturating_mul(length + length / 8);
        self.json.reserve(longer(like.len()));
        self.places.reserve(longer(like.places.len()));
    }

    /// The item or key of one.
    pub(crate) fn item(&self, request: &Request) -> ItemView<'_> {
        let Range { start, end } = request.json;
        let json = &self.json[start + request.kind.head().len()..end - TAIL.len()];
        ItemView { json, places: &self.places[request.places.clone()], names: Names::ANY }
    }

    /// These alone, which are told where they are then.
    pub(crate) fn only<'r>(&self, these: impl IntoIterator<Item = &'r mut Request>) -> Self {
        let mut only = Self::default();
        for request in these {
            let (json, places) = (only.json.len(), only.places.len());
            only.json.extend_from_slice(&self.json[request.json.clone()]);
            only.places.extend_from_slice(&self.places[request.places.clone()]);
            (request.json, request.places) = (json..only.json.len(), places..only.places.len());
        }
        only
    }
}

impl Request {
    /// The bytes of JSON that it takes.
    pub(crate) fn len(&self) -> usize {
        self.json.len()
    }
}

/// Those of one call.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    all: Arc<Requests>,
    these: Vec<Request>,
}

impl Chosen {
    pub(crate) fn new(all: Arc<Requests>, these: Vec<Request>) -> Self {
        Self { all, these }
    }

    /// The item or key of each.
    pub(crate) fn items(&self) -> impl Iterator<Item = (RequestKind, ItemView<'_>)> {
        self.these.iter().map(|request| (request.kind, self.all.item(request)))
    }

    /// The bytes of JSON that they take.
    pub(super) fn len(&self) -> usize {
        self.these.iter().map(Request::len).sum()
    }

    /// Writes them, with commas between.
    pub(super) fn put_into(&self, out: &mut Vec<u8>) {
        // Most stand side by side as they are to be sent.
        for run in self.these.chunk_by(|this, next| this.json.end == next.json.start) {
            if let (Some(first), Some(last)) = (run.first(), run.last()) {
                out.extend_from_slice(&self.all.json[first.json.start..last.json.end]);
            }
        }
        if !self.these.is_empty() {
            out.pop();
        }
    }

    /// As the SDK has them.
    pub(super) fn to_requests(&self) -> Vec<WriteRequest> {
        let request = |(kind, item): (RequestKind, ItemView<'_>)| {
            let (request, item) = (WriteRequest::builder(), Some(item.to_item()));
            match kind {
                RequestKind::Put => {
                    request.put_request(PutRequest::builder().set_item(item).build().expect("it has an item"))
                }
                RequestKind::Delete => request
                    .delete_request(DeleteRequest::builder().set_key(item).build().expect("it has a key")),
            }
            .build()
        };
        self.items().map(request).collect()
    }
}

/// Nothing of what is to be stored.
impl fmt::Debug for Requests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Requests").field("bytes", &self.json.len()).finish_non_exhaustive()
    }
}
