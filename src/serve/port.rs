//! Takes a port of this computer.

use std::io;
use std::net::Ipv4Addr;

use tokio::net::{TcpListener, TcpSocket};

use super::ServeError;

/// How many ports are tried, from the wished one on.
const PORTS_TO_TRY: u16 = 21;
/// How many connections may wait to be taken in. With the usual 128, a burst of more waits for seconds.
const BACKLOG: u32 = 1_024;

/// Which port to serve on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// Whichever is free.
    Any,
    /// This one, or an error.
    Exactly(u16),
    /// This one, or the first free one of the next twenty.
    From(u16),
}

impl Port {
    /// Takes the port. Only within a runtime.
    pub fn bind(self) -> Result<TcpListener, ServeError> {
        let (wished, tries) = match self {
            Port::Any => (0, 1),
            Port::Exactly(port) => (port, 1),
            Port::From(port) => (port, PORTS_TO_TRY),
        };
        let mut refused = io::Error::from(io::ErrorKind::AddrInUse);
        for port in wished..=wished.saturating_add(tries - 1) {
            match listen(port) {
                Ok(listener) => return Ok(listener),
                Err(source) => refused = source,
            }
        }
        Err(ServeError::Port { port: wished, source: refused })
    }
}

fn listen(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // On Windows this would let two servers share a port.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
    socket.listen(BACKLOG)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bind(port: Port) -> Result<TcpListener, ServeError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { port.bind() })
    }

    #[test]
    fn taken_port_is_an_error_or_the_next_one_is_used() {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = bind(Port::Exactly(port)).unwrap_err().to_string();
        assert!(error.starts_with(&format!("cannot serve on port {port}: ")));
        let next = bind(Port::From(port)).unwrap().local_addr().unwrap();
        assert!(next.ip().is_loopback() && next.port() > port);
    }

    #[test]
    fn last_port_of_all_has_no_next() {
        let _taken = std::net::TcpListener::bind("127.0.0.1:65535");
        assert!(bind(Port::From(65535)).is_err());
    }
}
