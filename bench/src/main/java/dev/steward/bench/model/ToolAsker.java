// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/// One kept connection that calls the same tool again and again, each time with other arguments, as
/// run after run.
public final class ToolAsker implements AutoCloseable {
  private static final String NONCE = "0000000000000000";
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final byte[] request;
  private final int runAt;
  private final int noteAt;
  private final Socket socket;
  private final OutputStream out;
  private final MessageReader in;
  private int asked;

  /// @param path such as `/mcp`
  /// @param key that agents are known by, "" where there is none
  public ToolAsker(int port, String path, String key, String tool) throws IOException {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
            + tool
            + "\",\"arguments\":{\"amount\":12.5,\"note\":\""
            + NONCE
            + "\"},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream"
            + "\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: "
            + tool
            + "\r\nx-steward-run: "
            + NONCE
            + (key.isEmpty() ? "" : "\r\nAuthorization: Bearer " + key)
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    this.request = (head + body).getBytes(StandardCharsets.US_ASCII);
    this.runAt = head.indexOf(NONCE);
    this.noteAt = head.length() + body.indexOf(NONCE);
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.out = socket.getOutputStream();
    this.in = new MessageReader(socket.getInputStream());
  }

  /// Calls once and gives the nanoseconds until the whole result was there.
  ///
  /// @param expected what the result must hold
  public long call(String expected) throws IOException {
    if (asked++ % Asker.CALLS_IN_RUN == 0) {
      other(runAt);
    }
    other(noteAt);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    long start = System.nanoTime();
    out.write(request);
    String head = in.head();
    if (head.isEmpty()) {
      throw new IOException("the connection was closed without an answer");
    }
    in.body(head, (from, at, to) -> body.write(from, at, to - at));
    long took = System.nanoTime() - start;
    String said = body.toString(StandardCharsets.UTF_8);
    if (!head.startsWith("http/1.1 200") || !said.contains(expected)) {
      throw new IOException("answered " + head.strip() + " " + said);
    }
    return took;
  }

  private void other(int at) {
    long nonce = ThreadLocalRandom.current().nextLong();
    for (int i = 0; i < NONCE.length(); i++) {
      request[at + i] = HEX[(int) (nonce >>> 4 * i) & 15];
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
