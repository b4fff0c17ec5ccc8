// SPDX-License-Identifier: Apache-2.0
package dev.steward.store;

import dev.steward.trace.ingest.Ingest;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/// A process that takes numbers on a socket, accepts the trace of each, and answers it once it is
/// acknowledged: what `AcknowledgedIsDurableTest` kills.
final class IngestProcess {
  private IngestProcess() {}

  public static void main(String[] arguments) throws IOException {
    try (DurableParts parts = new DurableParts(Path.of(arguments[0]));
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println(server.getLocalPort());
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client, parts.ingest));
      }
    }
  }

  private static void serve(Socket client, Ingest ingest) {
    try (client;
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
      while (true) {
        long number = in.readLong();
        ingest.accept(DurableParts.record(number));
        out.writeLong(number);
      }
    } catch (EOFException e) {
      System.err.println("a client has gone: " + e);
    } catch (IOException e) {
      System.err.println("a client broke off: " + e);
    }
  }
}
