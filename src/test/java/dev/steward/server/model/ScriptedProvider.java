// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/// A model provider that answers what a test tells it, byte by byte if need be. It stands in for
/// the real ones, which cannot be reached from a test; the bodies that it plays are theirs.
public final class ScriptedProvider implements AutoCloseable {
  private final ServerSocket server;
  private final ConcurrentLinkedDeque<Play> plays = new ConcurrentLinkedDeque<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Play usual =
      (request, out) -> whole(out, 500, "application/json", "{}".getBytes(StandardCharsets.UTF_8));

  /// A request as it came.
  ///
  /// @param rest what comes after it on the connection; its end tells that the gateway left
  public record Received(
      String method, String path, Map<String, String> headers, byte[] body, InputStream rest) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /// Thrown by a play to reset the connection instead of closing it.
  public static final class Reset extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /// Answers one request.
  @FunctionalInterface
  public interface Play {
    void answer(Received request, OutputStream out) throws IOException, InterruptedException;
  }

  public ScriptedProvider() {
    try {
      server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /// What every request is answered with from now on, unless something stands in `next`.
  public void always(Play play) {
    usual = play;
  }

  /// What the next request is answered with.
  public void next(Play play) {
    plays.add(play);
  }

  public List<Received> received() {
    return received;
  }

  public Received last() {
    return received.getLast();
  }

  /// A whole answer with its length.
  public static void whole(
      OutputStream out, int status, String type, byte[] body, String... headers)
      throws IOException {
    head(out, status, type, "Content-Length: " + body.length, headers);
    out.write(body);
    out.flush();
  }

  /// A chunked answer, one chunk a piece.
  public static void chunked(
      OutputStream out, int status, String type, List<byte[]> pieces, String... headers)
      throws IOException {
    head(out, status, type, "Transfer-Encoding: chunked", headers);
    for (byte[] piece : pieces) {
      chunk(out, piece);
    }
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  public static void chunk(OutputStream out, byte[] piece) throws IOException {
    out.write((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(piece);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  public static void head(
      OutputStream out, int status, String type, String framing, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    head.append("Content-Type: ").append(type).append("\r\n").append(framing).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
        OutputStream out = socket.getOutputStream()) {
      while (true) {
        String line = line(in);
        if (line.isEmpty()) {
          return;
        }
        Received request = read(line, in);
        received.add(request);
        Play play = plays.poll();
        try {
          (play == null ? usual : play).answer(request, out);
        } catch (Reset e) {
          socket.setSoLinger(true, 0);
          throw e;
        }
      }
    } catch (IOException _) {
      // The gateway closed the connection, or the play did.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Received read(String line, InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    String[] words = line.split(" ", -1);
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Received(words[0], words[1], headers, in.readNBytes(length), in);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
