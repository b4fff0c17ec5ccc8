// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.domain.SpanKind;
import dev.steward.store.file.FileDiary;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownDocumentsTest {
  @TempDir Path folder;
  private ControlFixture fixture;
  private KnownDocuments known;
  private long spans;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.DANA, Yaml.ORDERS));
    known = new KnownDocuments(Diary.NONE, fixture::state);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aDocumentThatComesWithAnotherContentIsAChangeOnce() {
    known.see(List.of(content("a", "one"), content("a", "one"), content("b", "x")));
    assertThat(known.changes()).isEmpty();

    known.see(List.of(content("a", "two"), content("a", "two")));

    assertThat(known.changes())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.words())
              .isEqualTo("retrieved document a of orders with another content than known");
          assertThat(change.agent()).isEqualTo("refunds");
          assertThat(known.words(change.trace())).hasSize(1);
        });
  }

  @Test
  void whatWasToldBeforehandIsNone() {
    known.see(List.of(content("a", "one")));
    known.told("orders", List.of(Fingerprint.of("a", "two")), false, at(++spans));
    known.see(List.of(content("a", "two")));
    assertThat(known.changes()).isEmpty();
  }

  @Test
  void anotherDeclaredVersionOfTheSourceIsAChangeThatWasTold() {
    known.see(List.of(content("a", "one")));
    fixture.apply(Yaml.ORDERS.replace("version: 3", "version: 4"));
    known.see(List.of(content("a", "two")));
    assertThat(known.changes()).isEmpty();
    known.see(List.of(content("a", "three")));
    assertThat(known.changes()).hasSize(1);
  }

  @Test
  void whereAllWereToldAnotherDocumentIsAChange() {
    known.told("orders", List.of(new Fingerprint("a", "etag:1")), true, at(++spans));
    known.see(List.of(hashed("a", "etag:1"), hashed("b", "etag:7")));
    assertThat(known.changes())
        .extracting(DocumentChange::words)
        .containsExactly("retrieved document b of orders, which nobody told of");
  }

  @Test
  void hashesOfAnotherFormAreNotCompared() {
    known.told("orders", List.of(new Fingerprint("a", "etag:1")), false, at(++spans));
    known.see(List.of(content("a", "one")));
    assertThat(known.changes()).isEmpty();
  }

  @Test
  void whatIsOlderThanWhatIsKnownTellsNothing() {
    Span older = content("a", "one");
    known.see(List.of(content("a", "two"), older));
    assertThat(known.changes()).isEmpty();
  }

  @Test
  void aChangeBeganWhenItWasSeenFirstWhateverIsReadFirst() {
    Span one = content("a", "one");
    Span first = content("a", "two");
    Span second = content("a", "two");
    try (FileDiary diary = FileDiary.open(folder.resolve("diary"), KnownDocuments.LINES_MAX)) {
      known = new KnownDocuments(diary, fixture::state);
      known.see(List.of(one, second, first, one, second));
    }
    try (FileDiary diary = FileDiary.open(folder.resolve("diary"), KnownDocuments.LINES_MAX)) {
      for (KnownDocuments each : List.of(known, new KnownDocuments(diary, fixture::state))) {
        assertThat(each.changes())
            .singleElement()
            .satisfies(change -> {
              assertThat(change.at()).isEqualTo(first.endedAt());
              assertThat(change.trace()).isEqualTo(first.key().traceId());
            });
      }
    }
  }

  @Test
  void whatWasToldCountsFromWhenItWasTold() {
    Span one = content("a", "one");
    Span two = content("a", "two");
    Span oneAgain = content("a", "one");
    known.see(List.of(one));
    known.told("orders", List.of(Fingerprint.of("a", "two")), false, at(++spans));
    known.see(List.of(two, oneAgain));
    assertThat(known.changes()).isEmpty();
  }

  @Test
  void whatCameAndWentAndCameAgainIsThreeChanges() {
    Span one = content("a", "one");
    Span two = content("a", "two");
    Span oneAgain = content("a", "one");
    Span twoAgain = content("a", "two");
    known.see(List.of(one, two, oneAgain, twoAgain, two, one));
    assertThat(known.changes())
        .extracting(DocumentChange::at)
        .containsExactly(two.endedAt(), oneAgain.endedAt(), twoAgain.endedAt());
  }

  @Test
  void allOfItIsKnownAfterARestart() {
    try (FileDiary diary = FileDiary.open(folder.resolve("d"), KnownDocuments.LINES_MAX)) {
      KnownDocuments before = new KnownDocuments(diary, fixture::state);
      before.told("orders", List.of(Fingerprint.of("a", "one")), true, at(++spans));
      before.see(List.of(content("a", "two")));
    }
    try (FileDiary diary = FileDiary.open(folder.resolve("d"), KnownDocuments.LINES_MAX)) {
      KnownDocuments after = new KnownDocuments(diary, fixture::state);
      assertThat(after.changes()).hasSize(1);
      after.see(List.of(content("a", "two"), content("c", "new")));
      assertThat(after.changes()).hasSize(2);
    }
  }

  private static java.time.Instant at(long number) {
    return SpanDraft.NOON.plusSeconds(10 * number);
  }

  private Span content(String id, String text) {
    return span("[{\"id\":\"" + id + "\",\"content\":\"" + text + "\",\"score\":0.5}]");
  }

  private Span hashed(String id, String hash) {
    return span("[{\"id\":\"" + id + "\",\"hash\":\"" + hash + "\"}]");
  }

  private Span span(String documents) {
    return SpanDraft.span(SpanKind.RETRIEVER, ++spans, spans)
        .by("refunds")
        .at(at(spans))
        .attributes("{\"gen_ai.data_source.id\":\"orders\"}")
        .says(new Content(List.of(), List.of(), null, null, null, null, Message.of(documents)))
        .build();
  }
}
