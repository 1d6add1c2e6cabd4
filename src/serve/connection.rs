//! The door: takes connections in, as many as there are seats, and shows out those that keep others waiting.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep};

/// How many connections are open at once; more wait at the door. Most systems give a process 1,024 open files.
const SEATS: usize = 1_000;
/// How long a request may take to arrive.
const ASKING: Duration = Duration::from_secs(10);
/// How long a connection may rest, or a browser leave an answer unread.
const RESTING: Duration = Duration::from_secs(60);
/// How long the door stays shut when the system has no more files to open.
const SHUT: Duration = Duration::from_millis(50);

/// Takes connections in.
#[derive(Debug)]
pub struct Door {
    listener: TcpListener,
    seats: Arc<Semaphore>,
    asking: Duration,
}

impl Door {
    /// Opens the door on a port.
    pub fn new(listener: TcpListener) -> Door {
        Door { listener, seats: Arc::new(Semaphore::new(SEATS)), asking: ASKING }
    }
}

impl Listener for Door {
    type Io = Guest;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Guest, SocketAddr) {
        loop {
            let Ok(seat) = Arc::clone(&self.seats).acquire_owned().await else { std::future::pending().await };
            match self.listener.accept().await {
                Ok((stream, address)) => {
                    // Only a matter of speed.
                    let _ = stream.set_nodelay(true);
                    return (Guest::new(stream, seat, self.asking), address);
                }
                Err(_) => tokio::time::sleep(SHUT).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection with a clock: a request has to arrive in time, and an answer has to be taken in time.
#[derive(Debug)]
pub struct Guest {
    stream: TcpStream,
    clock: Pin<Box<Sleep>>,
    turn: Turn,
    asking: Duration,
    _seat: OwnedSemaphorePermit,
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// The browser is sending a request. The clock runs, however many bytes arrive.
    Asking,
    /// The server is answering, or has answered. The clock starts anew with every byte.
    Answering,
}

impl Guest {
    fn new(stream: TcpStream, seat: OwnedSemaphorePermit, asking: Duration) -> Guest {
        Guest { stream, clock: Box::pin(tokio::time::sleep(asking)), turn: Turn::Asking, asking, _seat: seat }
    }

    fn set(&mut self, turn: Turn, time: Duration) {
        self.turn = turn;
        self.clock.as_mut().reset(Instant::now() + time);
    }

    /// Waits on, or ends the connection when its time is up.
    fn wait<T>(&mut self, context: &mut Context) -> Poll<io::Result<T>> {
        ready!(self.clock.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    fn wrote(&mut self, written: io::Result<usize>) -> Poll<io::Result<usize>> {
        self.set(Turn::Answering, RESTING);
        Poll::Ready(written)
    }
}

impl AsyncRead for Guest {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context, buffer: &mut ReadBuf) -> Poll<io::Result<()>> {
        let guest = self.get_mut();
        match Pin::new(&mut guest.stream).poll_read(context, buffer) {
            Poll::Pending => guest.wait(context),
            Poll::Ready(read) => {
                if guest.turn == Turn::Answering {
                    guest.set(Turn::Asking, guest.asking);
                }
                Poll::Ready(read)
            }
        }
    }
}

impl AsyncWrite for Guest {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let guest = self.get_mut();
        match Pin::new(&mut guest.stream).poll_write(context, bytes) {
            Poll::Pending => guest.wait(context),
            Poll::Ready(written) => guest.wrote(written),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context,
        parts: &[io::IoSlice],
    ) -> Poll<io::Result<usize>> {
        let guest = self.get_mut();
        match Pin::new(&mut guest.stream).poll_write_vectored(context, parts) {
            Poll::Pending => guest.wait(context),
            Poll::Ready(written) => guest.wrote(written),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use tokio::runtime::{Builder, Runtime};

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /// A door with little patience.
    struct Case {
        _runtime: Runtime,
        address: SocketAddr,
    }

    impl Case {
        fn new(seats: usize) -> Case {
            let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
            let address = listener.local_addr().unwrap();
            let door = Door { listener, seats: Arc::new(Semaphore::new(seats)), asking: Duration::from_millis(20) };
            runtime.spawn(async move { axum::serve(door, Router::new().fallback(|| async { "answer" })).await });
            Case { _runtime: runtime, address }
        }

        fn connect(&self, request: &[u8]) -> TcpStream {
            let mut stream = TcpStream::connect(self.address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            stream.write_all(request).unwrap();
            stream
        }
    }

    /// Waits until the server ends the connection; returns what it said before.
    fn end(mut stream: TcpStream) -> String {
        let mut bytes = Vec::new();
        match stream.read_to_end(&mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => panic!("the connection was not ended"),
            _ => String::from_utf8(bytes).unwrap(),
        }
    }

    #[test]
    fn request_that_does_not_arrive_ends_the_connection() {
        let case = Case::new(9);
        assert_eq!(end(case.connect(b"")), "");
        assert_eq!(end(case.connect(b"GET / HTTP/1.1\r\nHost: loc")), "");
    }

    #[test]
    fn drop_by_drop_does_not_buy_time() {
        let case = Case::new(9);
        let mut slow = case.connect(b"GET / HTTP/1.1\r\nHost: ");
        slow.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
        // Ends because the server ends the connection: then nothing can be written or read any more.
        while slow.write_all(b"x").is_ok() {
            match slow.read(&mut [0; 9]) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                _ => break,
            }
        }
    }

    #[test]
    fn connection_that_was_answered_may_rest() {
        let case = Case::new(9);
        let mut stream = case.connect(b"");
        for _ in 0..3 {
            stream.write_all(REQUEST).unwrap();
            let mut buffer = [0; 1024];
            let count = stream.read(&mut buffer).unwrap();
            assert!(buffer[..count].ends_with(b"answer"));
            // A silent connection that comes now is ended first.
            assert_eq!(end(case.connect(b"")), "");
        }
    }

    #[test]
    fn who_waits_at_the_door_gets_in_when_a_seat_is_free() {
        let case = Case::new(1);
        let silent = case.connect(b"");
        let next = case.connect(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assert!(end(next).ends_with("answer"));
        assert_eq!(end(silent), "");
    }
}
