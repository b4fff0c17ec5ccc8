// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofHours(1);

  private final Patience patience = new Patience().start();

  @AfterEach
  void close() {
    patience.close();
  }

  @Test
  void whatComesInTimeIsGiven() throws Exception {
    assertThat(patience.within(LONG, () -> "there")).isEqualTo("there");
    assertThatThrownBy(() ->
            patience.within(
                LONG,
                () -> {
                  throw new IOException("broken");
                }))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("broken");
  }

  @Test
  void aWaitThatLastsTooLongEndsAndLeavesNoInterruptBehind() {
    CountDownLatch never = new CountDownLatch(1);

    assertThatThrownBy(() ->
            patience.within(
                SHORT,
                () -> {
                  never.await();
                  return "";
                }))
        .isInstanceOf(Patience.LateException.class)
        .hasMessage("nothing came for 50 ms");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aBodyHasOneLimitForItsFirstBytesAndAnotherForTheRest() throws Exception {
    try (PipedOutputStream out = new PipedOutputStream();
        PatientBody body =
            new PatientBody(new PipedInputStream(out), patience, LONG, SHORT, LONG)) {
      out.write('a');
      out.flush();
      assertThat(body.read()).isEqualTo('a');

      assertThatThrownBy(body::read).isInstanceOf(Patience.LateException.class);
    }
  }

  @Test
  void aServerThatWaitsForItsClientMayBeSilent() throws Exception {
    try (PipedOutputStream out = new PipedOutputStream();
        PipedOutputStream silent = new PipedOutputStream();
        PatientBody body =
            new PatientBody(new PipedInputStream(out), patience, SHORT, SHORT, LONG);
        PatientBody other =
            new PatientBody(new PipedInputStream(silent), patience, SHORT, SHORT, LONG)) {
      body.waits(true);
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                // Two limits pass one after the other, so the one that is read meanwhile is past
                // its own.
                assertThatThrownBy(other::read).isInstanceOf(Patience.LateException.class);
                assertThatThrownBy(other::read).isInstanceOf(Patience.LateException.class);
                try {
                  out.write('b');
                  out.flush();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });

      assertThat(body.read()).isEqualTo('b');
      writer.join();
    }
  }
}
