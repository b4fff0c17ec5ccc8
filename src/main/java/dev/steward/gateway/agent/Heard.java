// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// An answer that is kept while it is given, as far as it is not too long: only where somebody
/// wants it.
final class Heard implements Answer {
  private static final int KEPT_BYTES_MAX = 1 << 20;

  private final Answer answer;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean wanted;
  private boolean broken;
  private boolean cut;
  private int status;

  Heard(Answer answer) {
    this.answer = answer;
  }

  /// Says that it is to be kept, before it begins.
  void want() {
    wanted = true;
  }

  boolean wanted() {
    return wanted;
  }

  /// 0 where none was given.
  int status() {
    return status;
  }

  /// Whether its client took all of it, and all of it is kept.
  boolean whole() {
    return !broken && !cut;
  }

  byte[] body() {
    return kept.toByteArray();
  }

  @Override
  public void whole(int code, List<Header> headers, byte[] body) throws IOException {
    status = code;
    keep(body, 0, body.length);
    answer.whole(code, headers, body);
  }

  @Override
  public OutputStream begin(int code, List<Header> headers, long length) throws IOException {
    status = code;
    OutputStream out = answer.begin(code, headers, length);
    return wanted ? new Tee(out) : out;
  }

  private void keep(byte[] bytes, int from, int count) {
    if (wanted) {
      int room = KEPT_BYTES_MAX - kept.size();
      cut |= count > room;
      kept.write(bytes, from, Math.min(count, room));
    }
  }

  /// A part of it on its way to the client.
  @FunctionalInterface
  private interface Giving {
    void give() throws IOException;
  }

  private final class Tee extends OutputStream {
    private final OutputStream out;

    private Tee(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      taken(() -> out.write(one));
      keep(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      taken(() -> out.write(bytes, from, count));
      keep(bytes, from, count);
    }

    @Override
    public void flush() throws IOException {
      taken(out::flush);
    }

    @Override
    public void close() throws IOException {
      taken(out::close);
    }

    private void taken(Giving part) throws IOException {
      boolean given = false;
      try {
        part.give();
        given = true;
      } finally {
        broken |= !given;
      }
    }
  }
}
