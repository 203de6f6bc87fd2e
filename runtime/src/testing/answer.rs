//! The answers of calls that go wrong.

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use serde_json::{Value, json};

use crate::testing::clock::Clock;
use crate::testing::fault::{Fault, Kind, Left};
use crate::testing::operation::Operation;
use crate::testing::record::Request;

type Answer = Result<HttpResponse, ConnectorError>;

/// What errors say besides their code, so that nobody takes them for DynamoDB's.
const MESSAGE: &str = "injected by monotable::testing";

/// What is behind the proxy.
#[derive(Debug, Clone)]
pub(super) struct Behind {
    pub(super) connector: Option<SharedHttpConnector>,
    pub(super) clock: Clock,
}

impl Behind {
    /// Hands the call to the engine. The whole of its answer is here, then.
    pub(super) async fn pass(&self, request: HttpRequest) -> Answer {
        let Some(connector) = &self.connector else {
            let why = "there is no engine behind the proxy: the client's configuration has no `http_client` of its own";
            return Err(ConnectorError::io(why.into()));
        };
        self.clock.work(whole(connector.call(request))).await
    }

    /// The answer to a call that goes wrong.
    pub(super) async fn fail(&self, fault: &Fault, seen: &Request, request: HttpRequest) -> Answer {
        match &fault.kind {
            Kind::CutBody => return Ok(cut(self.pass(request).await?)),
            Kind::Unprocessed(left) => return self.leave(left, seen, request).await,
            _ if fault.after_effect => drop(self.pass(request).await?),
            _ => {}
        }
        match &fault.kind {
            Kind::Answer(status, body) => response(*status, body.clone()),
            Kind::Refused(code) => refusal(code),
            Kind::Throttled(reasons) => throttled(reasons, seen),
            Kind::Conflict => conflict(seen),
            Kind::Cancelled(codes) => cancelled(codes),
            Kind::Disconnected => Err(ConnectorError::io(MESSAGE.into())),
            Kind::TimedOut => Err(ConnectorError::timeout(MESSAGE.into())),
            Kind::Latency(..) | Kind::CutBody | Kind::Unprocessed(_) => unreachable!("it is done with above"),
        }
    }

    /// Sends a batch without some of its parts, and adds them to those that the engine leaves.
    async fn leave(&self, left: &Left, seen: &Request, mut request: HttpRequest) -> Answer {
        let unprocessed = match seen.operation {
            Operation::BatchGetItem => "UnprocessedKeys",
            Operation::BatchWriteItem => "UnprocessedItems",
            other => {
                let why = format!("`Fault::unprocessed` is for batches, and this is {other}");
                return Err(ConnectorError::user(why.into()));
            }
        };
        let mut kept = seen.body.clone();
        let dropped = split(&mut kept["RequestItems"], left);
        let mut answer = if kept["RequestItems"].as_object().is_some_and(|tables| tables.is_empty()) {
            json!({ "Responses": {}, "UnprocessedItems": {}, "UnprocessedKeys": {} })
        } else {
            *request.body_mut() = SdkBody::from(kept.to_string());
            request.headers_mut().remove("content-length");
            let response = self.pass(request).await?;
            if !response.status().is_success() {
                return Ok(response);
            }
            body(response.body())
        };
        for (table, parts) in dropped {
            add(&mut answer[unprocessed][&table], parts);
        }
        response(200, answer.to_string())
    }
}

/// An answer with the whole of its body.
async fn whole(answer: HttpConnectorFuture) -> Answer {
    let mut response = answer.await?;
    if response.body().bytes().is_none() {
        let body = ByteStream::new(response.take_body()).collect().await;
        let body = body.map_err(|error| ConnectorError::io(error.into()))?.into_bytes();
        *response.body_mut() = SdkBody::from(body);
    }
    Ok(response)
}

/// A body as JSON, or null.
pub(super) fn body(body: &SdkBody) -> Value {
    body.bytes().and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default()
}

/// Takes parts out of a batch: what is taken, by table. Tables of which nothing is left over go.
fn split(batch: &mut Value, left: &Left) -> Vec<(String, Value)> {
    let (mut place, mut dropped) = (0, Vec::new());
    let mut is_left = |part: &Value| {
        place += 1;
        left.has(place - 1, part)
    };
    let Some(tables) = batch.as_object_mut() else { return dropped };
    tables.retain(|table, asked| {
        let mut leftover = asked.clone();
        let (Some(parts), Some(leftovers)) = (parts(asked), parts(&mut leftover)) else { return true };
        (*leftovers, *parts) = std::mem::take(parts).into_iter().partition(&mut is_left);
        let (keep, drop) = (!parts.is_empty(), !leftovers.is_empty());
        if drop {
            dropped.push((table.clone(), leftover));
        }
        keep
    });
    dropped
}

/// Of one table: its writes, or the keys among what is said of its reads.
fn parts(asked: &mut Value) -> Option<&mut Vec<Value>> {
    match asked {
        Value::Array(writes) => Some(writes),
        reads => reads.get_mut("Keys")?.as_array_mut(),
    }
}

/// Adds parts of a table to what the engine itself left of it.
fn add(there: &mut Value, mut more: Value) {
    match (parts(there), parts(&mut more)) {
        (Some(there), Some(more)) => there.append(more),
        _ => *there = more,
    }
}

fn refusal(code: &str) -> Answer {
    let status = match code {
        "InternalServerError" => 500,
        "ServiceUnavailable" => 503,
        _ => 400,
    };
    response(status, json!({ "__type": named(code), "message": MESSAGE }).to_string())
}

fn throttled(reasons: &[String], request: &Request) -> Answer {
    let table = request.tables().first().map_or_else(String::new, |table| (*table).to_owned());
    let resource = format!("arn:aws:dynamodb:local:000000000000:table/{table}");
    let reasons: Vec<_> =
        reasons.iter().map(|reason| json!({ "reason": reason, "resource": resource })).collect();
    let code = named("ProvisionedThroughputExceededException");
    let body = json!({ "__type": code, "message": MESSAGE, "ThrottlingReasons": reasons });
    response(400, body.to_string())
}

fn conflict(request: &Request) -> Answer {
    let Some(actions) = request.body["TransactItems"].as_array() else {
        return refusal("TransactionConflictException");
    };
    let others = actions.iter().skip(1).map(|_| "None".to_owned());
    let codes: Vec<_> = std::iter::once("TransactionConflict".to_owned()).chain(others).collect();
    cancelled(&codes)
}

fn cancelled(codes: &[String]) -> Answer {
    let reasons: Vec<_> = codes.iter().map(|code| json!({ "Code": code })).collect();
    let body = json!({
        "__type": named("TransactionCanceledException"),
        "Message": MESSAGE,
        "CancellationReasons": reasons,
    });
    response(400, body.to_string())
}

fn named(code: &str) -> String {
    format!("com.amazonaws.dynamodb.v20120810#{code}")
}

fn cut(mut response: HttpResponse) -> HttpResponse {
    let half = response.body().bytes().map(|bytes| bytes[..bytes.len() / 2].to_vec());
    *response.body_mut() = SdkBody::from(half.unwrap_or_default());
    response
}

fn response(status: u16, body: String) -> Answer {
    let status = status.try_into().map_err(|error| ConnectorError::other(Box::new(error), None))?;
    let mut response = HttpResponse::new(status, SdkBody::from(body));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    Ok(response)
}
