// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientStreamTest {
  private final Client client = new Client();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final ClientStream stream = new ClientStream(client, System::nanoTime, gone::countDown);

  @Test
  void partsThatComeWhileOneIsWrittenGoOutTogetherAndInOrder() throws InterruptedException {
    write("one,");
    assertThat(client.writing.await(10, TimeUnit.SECONDS)).isTrue();
    write("two,");
    write("three,");
    client.reads.countDown();
    assertThat(stream.leave()).isTrue();

    assertThat(client.writes).containsExactly("one,", "two,three,");
    assertThat(stream.left()).isFalse();
  }

  @Test
  void lastWordsFollowWhatWaitsAndNothingFollowsThem() {
    client.reads.countDown();
    write("one,");
    stream.part(() -> "killed".getBytes(StandardCharsets.UTF_8));
    write("two,");

    assertThat(stream.leave()).isFalse();
    assertThat(String.join("", client.writes)).isEqualTo("one,killed");
    assertThat(client.closed).isTrue();
  }

  @Test
  void aWriteThatHangsIsBrokenOffAndTheCallIsTold() throws InterruptedException {
    write("one,");
    assertThat(client.writing.await(10, TimeUnit.SECONDS)).isTrue();

    stream.force();

    assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(stream.left()).isTrue();
  }

  private void write(String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    stream.write(bytes, 0, bytes.length, true);
  }

  /// A client that reads nothing until it is let.
  private static final class Client extends OutputStream {
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch reads = new CountDownLatch(1);
    private final List<String> writes = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean closed;

    @Override
    public void write(int b) {
      throw new IllegalStateException("byte by byte");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      writing.countDown();
      try {
        reads.await();
      } catch (InterruptedException e) {
        throw new IOException("broken off", e);
      }
      writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
