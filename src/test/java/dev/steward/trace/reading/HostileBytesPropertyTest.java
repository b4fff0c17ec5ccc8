// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.Sender;
import dev.steward.trace.otlp.Acceptance;
import dev.steward.trace.otlp.Accepted;
import dev.steward.trace.otlp.OtlpEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Whatever a sender does to the bytes of a good request, it is answered with MALFORMED or read;
/// what was accepted is always read, and the counts add up.
class HostileBytesPropertyTest {
  private static final Acceptance ACCEPTANCE = new Acceptance();
  private static final byte[] JSON = HostileRequests.JSON.getBytes(StandardCharsets.UTF_8);

  @Property(tries = 3000)
  void spansInProtobuf(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int changes) {
    byte[] good = ACCEPTANCE.accept(Signal.TRACES, OtlpEncoding.JSON, JSON).payload();
    isAnswered(Signal.TRACES, OtlpEncoding.PROTOBUF, mutated(good, seed, changes));
  }

  @Property(tries = 2000)
  void spansInJson(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int changes) {
    isAnswered(Signal.TRACES, OtlpEncoding.JSON, mutated(JSON, seed, changes));
  }

  @Property(tries = 1000)
  void logs(@ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int changes) {
    byte[] json = HostileRequests.LOGS.getBytes(StandardCharsets.UTF_8);
    byte[] good = ACCEPTANCE.accept(Signal.LOGS, OtlpEncoding.JSON, json).payload();
    isAnswered(Signal.LOGS, OtlpEncoding.PROTOBUF, mutated(good, seed, changes));
  }

  @Property(tries = 1000)
  void metrics(@ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int changes) {
    byte[] json = HostileRequests.METRICS.getBytes(StandardCharsets.UTF_8);
    byte[] good = ACCEPTANCE.accept(Signal.METRICS, OtlpEncoding.JSON, json).payload();
    isAnswered(Signal.METRICS, OtlpEncoding.PROTOBUF, mutated(good, seed, changes));
  }

  @Property(tries = 1000)
  void anyBytesAtAll(@ForAll byte[] bytes, @ForAll Signal signal, @ForAll OtlpEncoding encoding) {
    isAnswered(signal, encoding, bytes);
  }

  private static void isAnswered(Signal signal, OtlpEncoding encoding, byte[] body) {
    Accepted accepted;
    try {
      accepted = ACCEPTANCE.accept(signal, encoding, body);
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED);
      return;
    }
    Facts facts =
        Fixtures.READER.read(
            new JournalRecord(
                signal, accepted.spans(), Fixtures.RECEIVED, Sender.UNKNOWN, accepted.payload()));
    assertThat(facts.unreadable()).isEmpty();
    assertThat(facts.spans()).hasSize(accepted.spans());
    if (signal == Signal.LOGS) {
      assertThat(facts.logs()).hasSize(accepted.items());
    }
    if (signal == Signal.METRICS) {
      assertThat(facts.metrics()).hasSize(accepted.items());
    }
  }

  /// Bytes changed, inserted, removed or repeated, or the end cut off.
  private static byte[] mutated(byte[] good, long seed, int changes) {
    Random random = new Random(seed);
    byte[] bytes = good.clone();
    for (int i = 0; i < changes && bytes.length > 1; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes = Arrays.copyOf(bytes, at);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) random.nextInt(256);
        case 3 -> bytes[at]++;
        case 4 -> System.arraycopy(bytes, at, bytes, at / 2, bytes.length - at);
        default -> bytes[at] = (byte) 0xFF;
      }
    }
    return bytes;
  }
}
