// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.SpanKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store keeps of what was said, on top of `SpanStoreContract`.
public abstract class ContentContract extends SpanStoreContract {
  @Test
  void contentThatArrivesApartJoinsItsSpan() {
    Content late =
        new Content(List.of(SpanDraft.user("where?")), List.of(), null, null, null, null, null);
    LateContent content = new LateContent(new SpanKey(trace(1), id(2)), late);
    store.write(new BatchDraft().late(content).build());
    store.write(
        BatchDraft.of(span(SpanKind.AGENT, 1, 1), span(SpanKind.MODEL, 1, 2).under(1).at(1)));
    store.write(new BatchDraft().late(content).build());

    assertThat(store.spans(trace(1)).getLast().content()).isEqualTo(late);
    assertThat(run(1).title()).isEqualTo("where?");
  }

  @Test
  void aLargeBlobIsFoundByTheHashThatItsMessageNames() {
    Message blob = Message.of('"' + "QUJD".repeat(4_000) + '"');
    Message image =
        Message.of(
            "{\"parts\":[{\"ref\":\"sha256:%s\",\"type\":\"blob\"}],\"role\":\"user\"}"
                .formatted(blob.hash().hex()));
    Content content =
        new Content(List.of(image), List.of(), null, null, null, null, null, List.of(blob));
    store.write(BatchDraft.of(span(SpanKind.MODEL, 1, 1).says(content)));

    assertThat(store.content(blob.hash()).map(String::new)).contains(blob.json());
    assertThat(store.spans(trace(1)).getLast().content().blobRefs()).containsExactly(blob.hash());
    reopenedKeeps(blob);
  }

  private void reopenedKeeps(Message body) {
    if (durable()) {
      reopen();
      assertThat(store.content(body.hash()).map(String::new)).contains(body.json());
    }
  }

  @Test
  void givesABodyByItsHash() {
    Message said = SpanDraft.user("only once");
    store.write(
        BatchDraft.of(
            span(SpanKind.MODEL, 1, 1)
                .says(new Content(List.of(said), List.of(), null, null, null, null, null))));

    assertThat(store.content(said.hash()).map(String::new)).contains(said.json());
    assertThat(store.content(Digest.of("never said"))).isEmpty();
  }

  @Test
  void keepsConversationsThatGrowTurnByTurn() {
    List<Message> messages =
        List.of(
            SpanDraft.user("1"),
            SpanDraft.message("assistant", "2"),
            SpanDraft.user("3"),
            SpanDraft.message("assistant", "4"),
            SpanDraft.user("5"));
    for (int turn = 1; turn <= messages.size(); turn++) {
      store.write(
          BatchDraft.of(
              span(SpanKind.MODEL, turn % 2 + 1L, turn)
                  .at(turn)
                  .says(
                      new Content(
                          messages.subList(0, turn), List.of(), null, null, null, null, null))));
    }

    assertThat(store.spans(trace(2)).getLast().content().input()).isEqualTo(messages);
    assertThat(store.spans(trace(1)).getLast().content().input()).isEqualTo(messages.subList(0, 4));
  }
}
