// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/// Sockets that connect only to where the guard lets them, whatever a name leads to later.
final class GuardedSockets extends SocketFactory {
  private final AddressGuard guard;

  GuardedSockets(AddressGuard guard) {
    this.guard = guard;
  }

  @Override
  public Socket createSocket() {
    return new Guarded(guard);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(InetSocketAddress.createUnresolved(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(new InetSocketAddress(from, fromPort));
    socket.connect(InetSocketAddress.createUnresolved(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(host.getHostAddress(), port, from, fromPort);
  }

  private static final class Guarded extends Socket {
    private final AddressGuard guard;

    Guarded(AddressGuard guard) {
      this.guard = guard;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress wanted)) {
        throw new IOException("not an address of the internet: " + endpoint);
      }
      InetAddress address = guard.find(wanted.getHostString());
      super.connect(new InetSocketAddress(address, wanted.getPort()), timeout);
    }
  }
}
