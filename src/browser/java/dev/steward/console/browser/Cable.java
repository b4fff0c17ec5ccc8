// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way to a server that can be cut and mended, as a network does.
final class Cable implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Cable.class.getName());

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private final int target;
  private volatile boolean cut;

  Cable(String address) throws IOException {
    target = URI.create(address).getPort();
    Thread.ofVirtual().name("cable").start(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /// Ends every connection, and every later one until mended.
  void cut() {
    cut = true;
    ends.forEach(Cable::close);
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        join(door.accept());
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "the door closed", e);
      }
    }
  }

  private void join(Socket near) throws IOException {
    ends.add(near);
    if (cut) {
      close(near);
      return;
    }
    Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
    ends.add(far);
    Thread.ofVirtual().start(() -> carry(near, far));
    Thread.ofVirtual().start(() -> carry(far, near));
  }

  private void carry(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection ended", e);
    } finally {
      close(from);
      close(to);
      ends.remove(from);
      ends.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a socket did not close", e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
