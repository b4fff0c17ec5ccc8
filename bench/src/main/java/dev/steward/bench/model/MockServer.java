// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.model;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A server of HTTP/1.1 on a free port of this machine, which it prints, for a process of its own.
/// Connections are kept open, and each has a virtual thread.
final class MockServer {
  private static final int BACKLOG = 8192;

  private MockServer() {}

  /// Reads the body of one request and writes its answer.
  @FunctionalInterface
  interface Answer {
    /// @param head of the request, already read from `in`
    void to(String head, MessageReader in, OutputStream out)
        throws IOException, InterruptedException;
  }

  /// Serves until the process ends.
  static void serve(Answer answer) throws IOException {
    try (ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
      System.out.println("ready " + server.getLocalPort());
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(socket, answer));
      }
    }
  }

  private static void serve(Socket socket, Answer answer) {
    try (socket) {
      MessageReader in = new MessageReader(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String head = in.head(); !head.isEmpty(); head = in.head()) {
        answer.to(head, in, out);
      }
    } catch (IOException _) {
      // Who asked has gone, as a kill makes gateways do.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
