// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/// One kept connection that asks the same question again and again, as run after run.
public final class Asker implements AutoCloseable {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final int SAID_BYTES = 400;

  /// Calls of one run, one after the other, all with the same history.
  public static final int CALLS_IN_RUN = 8;

  private final Door door;
  private final Question question;
  private final byte[] request;
  private final int nonceAt;
  private final int runAt;
  private final Socket socket;
  private final OutputStream out;
  private final MessageReader in;
  private final byte[] tail = new byte[DONE.length];
  private final StringBuilder said = new StringBuilder();
  private long bytes;
  private int events;
  private int asked;

  Asker(Door door, Question question, String head) throws IOException {
    this.door = door;
    this.question = question;
    this.request = (head + question.body()).getBytes(StandardCharsets.UTF_8);
    this.runAt = head.indexOf(Question.NONCE);
    this.nonceAt = head.length() + question.body().indexOf(Question.NONCE);
    this.socket = new Socket(InetAddress.getLoopbackAddress(), door.port());
    socket.setTcpNoDelay(true);
    this.out = socket.getOutputStream();
    InputStream input = socket.getInputStream();
    this.in = new MessageReader(input);
  }

  /// Asks, and expects the whole answer.
  public Heard ask() throws IOException {
    Heard heard = hear();
    if (!question.answeredBy(heard)) {
      throw new IOException(
          door.name()
              + " answered "
              + heard.status()
              + " to "
              + question.way()
              + ": "
              + heard.said());
    }
    return heard;
  }

  /// Asks, and takes what comes.
  public Heard hear() throws IOException {
    send();
    String head = head();
    return rest(head);
  }

  /// Sends the request only.
  public void send() throws IOException {
    if (asked++ % CALLS_IN_RUN == 0) {
      other(runAt);
      other(nonceAt);
    }
    out.write(request);
  }

  private void other(int at) {
    long nonce = ThreadLocalRandom.current().nextLong();
    for (int i = 0; i < Question.NONCE.length(); i++) {
      request[at + i] = HEX[(int) (nonce >>> 4 * i) & 15];
    }
  }

  /// Waits for the head of the answer.
  public String head() throws IOException {
    bytes = 0;
    events = 0;
    said.setLength(0);
    String head = in.head();
    if (head.isEmpty()) {
      throw new IOException(door.name() + " closed the connection without an answer");
    }
    return head;
  }

  /// Waits for the rest of the answer.
  public Heard rest(String head) throws IOException {
    long first = System.nanoTime();
    in.body(head, this::take);
    int status = Integer.parseInt(head.substring(9, 12));
    boolean done = bytes >= DONE.length && java.util.Arrays.equals(tail, DONE);
    return new Heard(status, bytes, events, done, said.toString(), first, System.nanoTime());
  }

  private void take(byte[] from, int start, int end) {
    byte before = tail[tail.length - 1];
    for (int i = start; i < end; i++) {
      byte now = from[i];
      if (now == '\n' && before == '\n') {
        events++;
      }
      before = now;
    }
    int count = end - start;
    if (said.length() < SAID_BYTES) {
      int some = Math.min(count, SAID_BYTES - said.length());
      said.append(new String(from, start, some, StandardCharsets.UTF_8));
    }
    if (count >= tail.length) {
      System.arraycopy(from, end - tail.length, tail, 0, tail.length);
    } else {
      System.arraycopy(tail, count, tail, 0, tail.length - count);
      System.arraycopy(from, start, tail, tail.length - count, count);
    }
    bytes += count;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
