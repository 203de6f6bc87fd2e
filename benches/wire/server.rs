//! Answers of DynamoDB over loopback: a server of a few lines, in threads whose CPU time nobody counts.

use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use super::clients::Answers;

/// Answers until the process ends.
pub fn serve(answers: Arc<Answers>) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answers = answers.clone();
            // A connection that breaks is the client's to notice.
            thread::spawn(move || talk(stream, &answers));
        }
    });
    Ok(address)
}

/// One request after another, as long as the client keeps the connection.
fn talk(stream: TcpStream, answers: &Answers) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut requests = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    while let Some(target) = request(&mut requests)? {
        stream.write_all(&response(answers.to(&target)))?;
    }
    Ok(())
}

/// Reads a request to its end: what it asks for, or none if there is no more.
fn request(from: &mut BufReader<TcpStream>) -> Result<Option<String>> {
    let (mut target, mut length, mut line) = (String::new(), 0, String::new());
    loop {
        line.clear();
        if from.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim_end().split_once(": ") {
            Some(("x-amz-target", value)) => target = value.to_owned(),
            Some(("content-length", value)) => length = value.parse().unwrap_or(0),
            None if line.trim_end().is_empty() => break,
            _ => {}
        }
    }
    std::io::copy(&mut from.take(length), &mut std::io::sink())?;
    Ok(Some(target))
}

fn response(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nServer: Server\r\nDate: Mon, 08 Mar 2021 15:51:23 GMT\r\n\
         Content-Type: application/x-amz-json-1.0\r\nContent-Length: {}\r\nConnection: keep-alive\r\n\
         x-amzn-RequestId: A5FGSJ9ET4OKB8183S9M47RQQBVV4KQNSO5AEMVJF66Q9ASUAAJG\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}
