//! The items of an answer, read from its bytes before the SDK makes its map of them.
//!
//! Everything else of the answer, and every answer that does not look like DynamoDB's, is the SDK's own to read: so
//! errors, retries, request ids and what users' interceptors see are what they are without this.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_sdk_dynamodb::config::ConfigBag;
use aws_smithy_runtime_api::client::interceptors::context::{Error as AnyError, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SharedResponseDeserializer};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::FrozenLayer;

use super::Failure;
use super::watch::Part;
use crate::item::Body;
use crate::wire::{self, Pull};

/// A member of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    /// Not read, because it has no items.
    Other,
    /// Read, and kept from the SDK.
    Taken,
    /// Read, and to be read by the SDK too, for what else it has.
    Seen,
}

/// Where the items are in the answers of one operation, and what is made of them.
pub(super) trait Members: Send + Sync + 'static {
    type Found: Default + Send + 'static;

    /// Whether there are items in answers that are errors, too.
    const IN_ERRORS: bool = false;

    /// The SDK's configuration of the operation, which has its deserialiser.
    fn operation() -> &'static FrozenLayer;

    /// Reads the member of this name, if it has items.
    fn read(&self, name: &str, at: &mut At<'_, '_>, found: &mut Self::Found) -> wire::Result<Member>;
}

/// Where in an answer.
pub(super) struct At<'r, 'de> {
    pub(super) pull: &'r mut Pull<'de>,
    pub(super) body: &'r Arc<Body>,
}

/// Put on one call, this takes the items out of its answer.
pub(super) struct FromBytes<M: Members>(Arc<Inner<M>>);

struct Inner<M: Members> {
    members: M,
    /// None as long as there was no answer, and where it went to the SDK as a whole.
    found: Mutex<Option<M::Found>>,
}

impl<M: Members> FromBytes<M> {
    pub(super) fn new(members: M) -> Self {
        Self(Arc::new(Inner { members, found: Mutex::new(None) }))
    }

    /// What is put on the call.
    pub(super) fn on_call(&self) -> Option<Self> {
        is_on().then(|| Self(self.0.clone()))
    }

    /// What was found; or, if the SDK read the items, what is made of its map.
    pub(super) fn take(
        &self,
        otherwise: impl FnOnce(&M) -> wire::Result<M::Found>,
    ) -> Result<M::Found, Failure> {
        let found = self.found().take();
        found
            .map_or_else(|| otherwise(&self.0.members), Ok)
            .map_err(|_| Failure::response("items without an end"))
    }

    /// What the answer had that is an error; none if the SDK read it.
    pub(super) fn met(&self) -> Option<M::Found> {
        self.found().take()
    }

    /// Looks at what was found; or, if the SDK read the items, at its map.
    pub(super) fn with<R>(&self, look: impl FnOnce(&M::Found) -> R, otherwise: impl FnOnce() -> R) -> R {
        self.found().as_ref().map_or_else(otherwise, look)
    }

    fn found(&self) -> MutexGuard<'_, Option<M::Found>> {
        self.0.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The items, and the answer without them.
    fn split(&self, response: &HttpResponse) -> wire::Result<(M::Found, HttpResponse)> {
        let body = Body::of(response.body()).ok_or_else(|| wire::Error::malformed(0, "no body"))?;
        let (mut pull, mut found, mut rest) =
            (Pull::new(body.bytes())?, M::Found::default(), String::from("{"));
        pull.begin_object()?;
        let (mut first, mut taken) = (true, false);
        loop {
            pull.space();
            let begin = pull.at();
            let Some(name) = pull.next_name(&mut first)? else { break };
            let at = &mut At { pull: &mut pull, body: &body };
            let member = self.0.members.read(&name, at, &mut found)?;
            // The SDK knows what that means to it.
            if member != Member::Other && std::mem::replace(&mut taken, true) {
                return Err(wire::Error::malformed(begin, "the items come twice"));
            }
            if member == Member::Other {
                pull.skip_json()?;
            }
            if member != Member::Taken {
                let text = pull.between(begin, pull.at());
                rest.push_str(if rest.len() > 1 { "," } else { "" });
                rest.push_str(text.strip_prefix(',').unwrap_or(text));
            }
        }
        pull.end()?;
        rest.push('}');
        Ok((found, without_items(response, rest)))
    }

    fn read(
        &self,
        response: &HttpResponse,
        sdk: impl Fn(&HttpResponse) -> Result<Output, OrchestratorError<AnyError>>,
    ) -> Result<Output, OrchestratorError<AnyError>> {
        *self.found() = None;
        // A retry brings an error here, if the answer before it broke off.
        let succeeded = response.status().is_success();
        if !succeeded && !M::IN_ERRORS {
            return sdk(response);
        }
        let Ok((found, rest)) = self.split(response) else { return sdk(response) };
        let read = sdk(&rest);
        // What looks like success and is none, the SDK judges by the whole.
        if read.is_err() && succeeded {
            return sdk(response);
        }
        *self.found() = Some(found);
        read
    }
}

/// Of the headers of an answer, the SDK's deserialisers look at the request id, and at the type of an error.
fn without_items(response: &HttpResponse, body: String) -> HttpResponse {
    let mut rest = HttpResponse::new(response.status(), SdkBody::from(body));
    for name in ["x-amzn-requestid", "x-amz-request-id", "x-amzn-errortype"] {
        if let Some(id) = response.headers().get(name) {
            rest.headers_mut().insert(name, id.to_owned());
        }
    }
    rest
}

impl<M: Members> Part for FromBytes<M> {
    fn before_answer(&self, succeeded: bool, config: &mut ConfigBag) {
        if M::IN_ERRORS || succeeded {
            config.interceptor_state().store_put(SharedResponseDeserializer::new(Self(self.0.clone())));
        }
    }
}

impl<M: Members> DeserializeResponse for FromBytes<M> {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        config: &ConfigBag,
    ) -> Result<Output, OrchestratorError<AnyError>> {
        let sdk = M::operation().load::<SharedResponseDeserializer>();
        let sdk = sdk.ok_or_else(|| OrchestratorError::other("the SDK has no deserialiser"))?;
        self.read(response, |response| sdk.deserialize_nonstreaming_with_config(response, config))
    }
}

impl<M: Members> fmt::Debug for FromBytes<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FromBytes")
    }
}

/// Tests of this library turn it off, to run with the SDK's map instead.
#[cfg(feature = "embedded")]
pub(super) fn is_on() -> bool {
    static ON: std::sync::LazyLock<bool> =
        std::sync::LazyLock::new(|| std::env::var_os("MONOTABLE_TEST_ITEMS_BY_SDK").is_none());
    *ON
}

#[cfg(not(feature = "embedded"))]
pub(super) fn is_on() -> bool {
    true
}
