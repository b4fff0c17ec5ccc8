// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.decision.Tier;
import dev.steward.insight.replay.RecordedCall;
import dev.steward.insight.replay.RecordedCalls.Reading;
import dev.steward.policy.Calls;
import dev.steward.policy.PolicySet;
import dev.steward.policy.Tools;
import dev.steward.policy.preview.Preview;
import dev.steward.trace.BatchDraft;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.Silence;
import dev.steward.trace.tail.InMemorySpanStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreviewItemTest {
  private static final Instant NOW = SpanDraft.NOON.plusSeconds(60);

  @Test
  void argumentsAreShownOnlyToWhoMayReadWhatWasSaid() {
    assertThat(example(true).arguments()).isEqualTo("{\"amount\":70}");
    PreviewItem.PreviewedCall hidden = example(false);
    assertThat(hidden.arguments()).isNull();
    assertThat(hidden.reason()).contains("args.amount > 40").doesNotContain("70");
  }

  private static PreviewItem.PreviewedCall example(boolean readable) {
    Preview<RecordedCall> preview =
        new Preview<>(
            PolicySet.of(
                List.of(Calls.policy("now", Calls.rule("payments/refund", Tier.ALLOW, ""))),
                Tools.NONE),
            PolicySet.of(
                List.of(
                    Calls.policy(
                        "next", Calls.rule("payments/refund", Tier.DENY, "args.amount > 40"))),
                Tools.NONE),
            3);
    ToolCall call =
        (ToolCall)
            Calls.tool(
                "refunds", "production", "payments/refund", Map.of("amount", new BigDecimal(70)));
    RecordedCall recorded =
        new RecordedCall(call, Calls.FACTS, true, "{\"amount\":70}", run(), "span", NOW);
    preview.add(call, Calls.FACTS, true, recorded.run().id(), recorded);
    PreviewItem item = PreviewItem.of(new Reading(1, 1, NOW, ""), preview.result(), _ -> readable);
    return item.changes().getFirst().examples().getFirst();
  }

  private static Run run() {
    InMemorySpanStore store =
        new InMemorySpanStore(_ -> Optional.empty(), Silence.DEFAULT, () -> NOW);
    store.write(BatchDraft.of(SpanDraft.span(SpanKind.AGENT, 1, 1).by("refunds")));
    return store.run(SpanDraft.trace(1)).orElseThrow();
  }
}
