// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.framing.Framing;
import dev.steward.gateway.part.Part;
import dev.steward.gateway.part.Splitter;
import dev.steward.gateway.rewrite.Said.Called;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Ruling;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.json.JsonMapper;

/// Answers of real providers, cut anywhere and with any of their calls held back.
class RecordedCallsPropertyTest {
  private static final String REFUSAL = "[held back \"it\"]";

  /// How parts that have to do with calls can be told, without reading them.
  private static final List<String> MARKS =
      List.of(
          "tool_calls", "function_call", "tool_use", "toolUse", "functionCall", "input_json_delta");

  @Provide
  Arbitrary<RecordedCall> recorded() {
    return Arbitraries.of(RecordedCall.present() ? RecordedCall.all() : List.of(nothing()));
  }

  private static RecordedCall nothing() {
    return new RecordedCall(
        "none",
        dev.steward.gateway.wire.Operation.CHAT,
        Framing.WHOLE,
        "{}".getBytes(StandardCharsets.UTF_8),
        false);
  }

  @Property(tries = 1000)
  void keepsEveryByteWhereAllPass(@ForAll("recorded") RecordedCall recorded, @ForAll long seed) {
    Assumptions.assumeTrue(RecordedCall.present(), "skipped: ../shared/data is missing");
    List<Proposed> seen = new ArrayList<>();
    byte[] told =
        told(
            recorded,
            seed,
            call -> {
              seen.add(call);
              return new Ruling.Pass();
            });
    assertThat(text(told)).isEqualTo(text(recorded.body()));
    List<Called> calls = Said.in(recorded, recorded.body()).calls();
    assertThat(seen).hasSameSizeAs(calls);
    for (int i = 0; i < calls.size(); i++) {
      assertThat(seen.get(i).id()).isEqualTo(calls.get(i).id());
      assertThat(seen.get(i).name()).isEqualTo(calls.get(i).name());
      assertThat(JsonMapper.shared().readTree(seen.get(i).arguments()))
          .isEqualTo(calls.get(i).arguments());
    }
    assertThat(calls.isEmpty()).isEqualTo(!recorded.callsTools());
  }

  @Property(tries = 2000)
  void holdsExactlyTheCallsThatPass(
      @ForAll("recorded") RecordedCall recorded, @ForAll long seed, @ForAll int passing) {
    Assumptions.assumeTrue(RecordedCall.present(), "skipped: ../shared/data is missing");
    Said before = Said.in(recorded, recorded.body());
    byte[] told = told(recorded, seed, new Some(passing));
    Said after = Said.in(recorded, told);

    List<Called> wanted = new ArrayList<>();
    for (int i = 0; i < before.calls().size(); i++) {
      if (passes(passing, i)) {
        wanted.add(before.calls().get(i));
      }
    }
    int heldBack = before.calls().size() - wanted.size();
    assertThat(after.calls()).isEqualTo(wanted);
    assertThat(after.words().split(java.util.regex.Pattern.quote(REFUSAL), -1))
        .hasSize(heldBack + 1);
    assertThat(after.answered().usage()).isEqualTo(before.answered().usage());
    assertThat(after.answered().responseId()).isEqualTo(before.answered().responseId());
    assertThat(after.answered().ended()).isEqualTo(before.answered().ended());
    if (wanted.isEmpty() && heldBack > 0) {
      assertThat(after.answered().finishReasons()).doesNotContain("tool_use", "tool_calls");
    } else {
      assertThat(after.answered().finishReasons()).isEqualTo(before.answered().finishReasons());
    }
  }

  @Property(tries = 500)
  void isTheSameHoweverItIsCut(
      @ForAll("recorded") RecordedCall recorded, @ForAll long seed, @ForAll int passing) {
    Assumptions.assumeTrue(RecordedCall.present(), "skipped: ../shared/data is missing");
    byte[] whole = told(recorded, List.of(recorded.body()), new Some(passing));
    assertThat(text(told(recorded, seed, new Some(passing)))).isEqualTo(text(whole));
  }

  @Property(tries = 1000)
  void leavesAllOtherPartsAsTheyWere(
      @ForAll("recorded") RecordedCall recorded, @ForAll int passing) {
    Assumptions.assumeTrue(RecordedCall.present(), "skipped: ../shared/data is missing");
    if (recorded.framing() == Framing.WHOLE) {
      return;
    }
    byte[] told = told(recorded, List.of(recorded.body()), new Some(passing));
    List<String> after = parts(recorded, told);
    int at = 0;
    for (String part : parts(recorded, recorded.body())) {
      if (MARKS.stream().noneMatch(part::contains) && !stop(part)) {
        int found = after.subList(at, after.size()).indexOf(part);
        assertThat(found).as(part).isGreaterThanOrEqualTo(0);
        at += found + 1;
      }
    }
  }

  /// The end of a block tells nothing of what kind it was.
  private static boolean stop(String part) {
    return part.contains("content_block_stop")
        || part.contains("contentBlockStop")
        || part.contains("response.output_item.done");
  }

  /// Holds back all calls but those whose bit is set.
  private static final class Some implements Judge {
    private final int passing;
    private int asked;

    private Some(int passing) {
      this.passing = passing;
    }

    @Override
    public Ruling judge(Proposed call) {
      return passes(passing, asked++) ? new Ruling.Pass() : new Ruling.HoldBack(REFUSAL);
    }
  }

  private static boolean passes(int passing, int place) {
    return (passing >> place & 1) == 1;
  }

  private static byte[] told(RecordedCall recorded, long seed, Judge judge) {
    return told(recorded, cut(recorded.body(), new Random(seed)), judge);
  }

  private static byte[] told(RecordedCall recorded, List<byte[]> pieces, Judge judge) {
    if (recorded.framing() == Framing.WHOLE) {
      return AnswerCalls.whole(recorded.operation(), recorded.body(), judge);
    }
    AnswerCalls.Stream stream = AnswerCalls.stream(recorded.operation(), recorded.framing(), judge);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(stream.take(piece));
    }
    out.writeBytes(stream.end());
    return out.toByteArray();
  }

  private static List<byte[]> cut(byte[] body, Random random) {
    List<byte[]> pieces = new ArrayList<>();
    int most = 1 + random.nextInt(random.nextBoolean() ? 16 : 4096);
    for (int from = 0; from < body.length; ) {
      int to = Math.min(body.length, from + 1 + random.nextInt(most));
      pieces.add(Arrays.copyOfRange(body, from, to));
      from = to;
    }
    return pieces;
  }

  private static List<String> parts(RecordedCall recorded, byte[] body) {
    Splitter splitter = Splitter.of(recorded.framing());
    List<String> parts = new ArrayList<>();
    for (Part part : splitter.take(body)) {
      parts.add(text(part.raw()));
    }
    splitter.rest().ifPresent(part -> parts.add(text(part.raw())));
    return parts;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
