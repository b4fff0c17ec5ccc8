// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private final AtomicLong kept = new AtomicLong();
  private final EventStream stream = new EventStream("4", kept);

  @Test
  void goesOnAfterTheEventThatWasSeenLast() {
    add(1);
    add(2);
    add(3);
    Written written = new Written();

    assertThat(stream.knows(1)).isTrue();
    stream.resume(written.out(), 1);
    add(4);
    stream.end();

    assertThat(written.text()).doesNotContain("{\"n\":1}");
    assertThat(written.text().lines().filter(line -> line.startsWith("id: ")))
        .containsExactly("id: 4-2", "id: 4-3", "id: 4-4");
  }

  @Test
  void theNextConnectionTakesTheStreamOver() {
    Written first = new Written();
    Written second = new Written();
    SseOut out = first.out();
    stream.attach(out, 1000);
    add(1);
    stream.resume(second.out(), 1);
    add(2);

    assertThat(out.gone()).isTrue();
    assertThat(first.text()).startsWith("id: 4-0\nretry: 1000\n").contains("{\"n\":1}");
    assertThat(first.text()).doesNotContain("{\"n\":2}");
    assertThat(second.text()).contains("{\"n\":2}");
  }

  @Test
  void keepsNoMoreThanItsBound() {
    for (int i = 1; i <= 1000; i++) {
      add(i);
    }
    assertThat(stream.knows(1)).isFalse();
    assertThat(stream.knows(1000)).isTrue();
    assertThat(stream.knows(1001)).isFalse();
    assertThat(kept.get()).isBetween(1L, 512L * 12);

    stream.forget();

    assertThat(kept.get()).isZero();
  }

  private void add(int n) {
    stream.add(RpcJson.object().put("n", n));
  }

  /// A connection that remembers what was written.
  private static final class Written implements Answer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private SseOut out() {
      SseOut out = new SseOut(() -> 0);
      out.begin(this, List.of());
      return out;
    }

    @Override
    public OutputStream begin(int status, List<Header> headers, long length) {
      return bytes;
    }

    private String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
