// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LargeAnswersTest {
  private final LargeAnswers answers = new LargeAnswers(0);
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @Test
  void whoFindsNoRoomWaitsForIt() throws Exception {
    LargeAnswers.Room first = take(-1);
    Thread.ofVirtual().start(() -> second(new Cuttable(Thread.currentThread())));
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("waits");
    assertThat(seen).isEmpty();

    first.close();

    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("has it");
  }

  @Test
  void smallerOnesStandBesideEachOther() throws Exception {
    try (LargeAnswers.Room _ = take(10 << 20);
        LargeAnswers.Room _ = take(10 << 20);
        LargeAnswers.Room _ = take(70 << 20)) {
      assertThat(seen).isEmpty();
    }
    take(LargeAnswers.BYTES_MAX).close();
  }

  @Test
  void aKillEndsTheWait() throws Exception {
    try (LargeAnswers.Room _ = take(-1)) {
      BlockingQueue<Cuttable> waiting = new LinkedBlockingQueue<>();
      Thread.ofVirtual()
          .start(() -> {
            Cuttable call = new Cuttable(Thread.currentThread());
            waiting.add(call);
            second(call);
          });
      waiting.take().cut(Cuttable.Why.KILLED);

      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("waits");
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("cut");
    }
  }

  private LargeAnswers.Room take(long length) throws IOException {
    return answers.take(length, new Cuttable(Thread.currentThread()));
  }

  private void second(Cuttable call) {
    seen.add("waits");
    try (LargeAnswers.Room _ = answers.take(20 << 20, call)) {
      seen.add("has it");
    } catch (CutException e) {
      seen.add("cut");
    } catch (IOException e) {
      seen.add(String.valueOf(e));
    }
  }
}
