// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Digest;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.LedgerConfig;
import dev.steward.ledger.note.SigningKey;
import dev.steward.server.model.GatewayServer;
import dev.steward.server.model.ScriptedProvider;
import dev.steward.store.sqlite.SqliteLedgerStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CallEntriesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Digest SOME = Digest.of("some");

  @TempDir Path folder;

  @Test
  void anEntryIsReadAsItWasWritten() {
    CallEntry.Line first = new CallEntry.Line("00000000000000a1", SOME);
    CallEntry.Line second = new CallEntry.Line("00000000000000a2", Digest.of("other"));
    var written = CallEntry.write(NOON, List.of(first, second));

    CallEntry read = CallEntry.read(written.data()).orElseThrow();

    assertThat(read).isEqualTo(new CallEntry(NOON, 2, Digest.of(written.bodies().getFirst())));
    assertThat(CallEntry.lines(written.bodies().getFirst()))
        .isEqualTo(Map.of(first.spanId(), first.digest(), second.spanId(), second.digest()));
    assertThat(new CallBodies().namedBy(written.data())).containsExactly(read.digests());
  }

  @Test
  void entriesOfOtherKindsAreNoneOfThese() {
    for (String other :
        new String[] {"", "no json", "[]", "{}", "{\"kind\":\"intent\",\"form\":1}"}) {
      byte[] data = other.getBytes(StandardCharsets.UTF_8);
      assertThat(CallEntry.read(data)).isEmpty();
      assertThat(new CallBodies().namedBy(data)).isEmpty();
    }
  }

  @Test
  void severalCallsAreFoundTogetherAndWhatIsTooFarIsLeft() throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(NOON);
    try (Ledger ledger = ledger(now::get)) {
      for (int i = 0; i < 300; i++) {
        now.set(NOON.plusSeconds(i));
        ledger.append(CallEntry.write(now.get(), List.of(new CallEntry.Line(id(i), SOME))));
      }
      CallProofs proofs = new CallProofs(ledger);
      Map<String, Instant> sought =
          Map.of(
              id(3),
              NOON.plusSeconds(3),
              id(4),
              NOON.plusSeconds(4),
              id(290),
              NOON.plusSeconds(290));

      CallProofs.Found all = proofs.find(sought, 1_000);
      CallProofs.Found few = proofs.find(sought, 5);

      assertThat(all.left()).isEmpty();
      assertThat(all.bound())
          .isEqualTo(
              Map.of(
                  id(3), new CallProofs.Bound(3, SOME),
                  id(4), new CallProofs.Bound(4, SOME),
                  id(290), new CallProofs.Bound(290, SOME)));
      assertThat(few.bound()).containsOnlyKeys(id(3), id(4));
      assertThat(few.left()).containsExactly(id(290));
      assertThat(proofs.find(Map.of("ffff", NOON), 1_000).left()).isEmpty();
    }
  }

  @Test
  void aCallIsFoundAmongManyByTheTimeWhenItWasTakenIn() throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(NOON);
    try (Ledger ledger = ledger(now::get)) {
      for (int i = 0; i < 300; i++) {
        now.set(NOON.plusSeconds(i));
        ledger.append(
            i % 7 == 3
                ? dev.steward.ledger.Entry.of("not ours".getBytes(StandardCharsets.UTF_8))
                : CallEntry.write(now.get(), List.of(new CallEntry.Line(id(i), SOME))));
      }
      CallProofs proofs = new CallProofs(ledger);

      for (int i : new int[] {0, 1, 9, 149, 299}) {
        assertThat(proofs.find(id(i), NOON.plusSeconds(i))).hasValue(new CallProofs.Bound(i, SOME));
      }
      assertThat(proofs.find(id(400), NOON)).isEmpty();
    }
  }

  @Test
  void theFirstEntryOfACallCounts() throws IOException {
    try (Ledger ledger = ledger(() -> NOON)) {
      ledger.append(CallEntry.write(NOON, List.of(new CallEntry.Line(id(1), SOME))));
      ledger.append(CallEntry.write(NOON, List.of(new CallEntry.Line(id(1), Digest.of("later")))));

      assertThat(new CallProofs(ledger).find(id(1), NOON)).hasValue(new CallProofs.Bound(0, SOME));
    }
  }

  /// Ten a second at most, however many calls there are.
  @Test
  void manyCallsShareAnEntry() {
    byte[] fine = "{\"model\":\"gpt-5\"}".getBytes(StandardCharsets.UTF_8);
    try (GatewayServer gateway = new GatewayServer(folder)) {
      gateway
          .provider()
          .always((r, out) -> ScriptedProvider.whole(out, 200, "application/json", fine));
      List<Thread> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(
            Thread.ofVirtual()
                .start(() ->
                    GatewayServer.bytes(
                        gateway.post(
                            "/v1/chat/completions",
                            "{\"model\":\"main\",\"messages\":[]}",
                            "x-steward-run",
                            "many"))));
      }
      for (Thread call : calls) {
        call.join();
      }
      gateway.newestRun(200);

      JsonNode entries = gateway.server().json("/api/v1/ledger/activity/entries?limit=500");
      int bound = 0;
      for (JsonNode entry : entries.get("items")) {
        bound += entry.at("/data/calls").asInt(0);
      }
      assertThat(bound).isEqualTo(200);
      assertThat(entries.get("items").size()).isLessThan(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Ledger ledger(InstantSource clock) throws IOException {
    SigningKey key =
        SigningKey.open(folder.resolve("activity.key"), "test/activity", new SecureRandom());
    return Ledger.open(
        SqliteLedgerStore.open(folder.resolve("activity.db")), key, clock, LedgerConfig.DEFAULT);
  }

  private static String id(int number) {
    return "%016x".formatted(number);
  }
}
