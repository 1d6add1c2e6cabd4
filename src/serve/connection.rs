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
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// A door with little patience, and its address.
    async fn door(seats: usize, asking: Duration) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let door = Door { listener, seats: Arc::new(Semaphore::new(seats)), asking };
        tokio::spawn(async move { axum::serve(door, Router::new().fallback(|| async { "answer" })).await });
        address
    }

    async fn end(mut stream: TcpStream) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes).await;
        bytes
    }

    #[tokio::test]
    async fn request_that_does_not_arrive_ends_the_connection() {
        let address = door(9, Duration::from_millis(20)).await;
        let silent = TcpStream::connect(address).await.unwrap();
        let mut half = TcpStream::connect(address).await.unwrap();
        half.write_all(b"GET / HTTP/1.1\r\nHost: loc").await.unwrap();
        assert!(end(silent).await.is_empty());
        assert!(end(half).await.is_empty());
    }

    #[tokio::test]
    async fn drop_by_drop_does_not_buy_time() {
        let address = door(9, Duration::from_millis(20)).await;
        let mut slow = TcpStream::connect(address).await.unwrap();
        // Ends only because the server closes the connection.
        while slow.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    #[tokio::test]
    async fn connection_that_was_answered_may_rest() {
        let address = door(9, Duration::from_millis(20)).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        for _ in 0..2 {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
            let mut buffer = [0; 1024];
            let count = stream.read(&mut buffer).await.unwrap();
            assert!(buffer[..count].ends_with(b"answer"));
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    }

    #[tokio::test]
    async fn who_waits_at_the_door_gets_in_when_a_seat_is_free() {
        let address = door(1, Duration::from_millis(20)).await;
        let silent = TcpStream::connect(address).await.unwrap();
        let mut next = TcpStream::connect(address).await.unwrap();
        next.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
        assert!(end(next).await.ends_with(b"answer"));
        assert!(end(silent).await.is_empty());
    }
}
