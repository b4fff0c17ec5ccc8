// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.live.UnknownOutcomes.Unknown;
import dev.steward.gateway.record.EffectEntry;
import dev.steward.gateway.record.EffectEntry.Ended;
import dev.steward.ledger.Entry;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.LedgerConfig;
import dev.steward.ledger.note.SigningKey;
import dev.steward.store.sqlite.SqliteLedgerStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class EffectLedgerTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z"));

  @TempDir Path folder;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger =
        Ledger.open(
            SqliteLedgerStore.open(folder.resolve("activity.db")),
            SigningKey.generate("steward.test/activity", new SecureRandom()),
            CLOCK,
            LedgerConfig.DEFAULT);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void anIntentWhoseProcessDiedGetsAnUnknownOutcomeOnce() {
    EffectLedger before = new EffectLedger(ledger, CLOCK);
    before.append(entry("intent", "done"));
    before.append(entry("intent", "open"));
    for (int i = 0; i < 1_200; i++) {
      ledger.append(Entry.of("{\"kind\":\"calls\"}".getBytes(StandardCharsets.UTF_8)));
      if (i % 400 == 0) {
        ledger.append(Entry.of("no JSON".getBytes(StandardCharsets.UTF_8)));
      }
    }
    before.append(entry("outcome", "done"));

    EffectLedger after = new EffectLedger(ledger, CLOCK);

    assertThat(after.settle(ledger.size())).isEqualTo(1);
    assertThat(after.list()).extracting(Unknown::call).containsExactly("open");
    assertThat(outcomes("open")).containsExactly(Ended.UNKNOWN);
    assertThat(outcomes("done")).containsExactly(Ended.ANSWERED);
    EffectLedger later = new EffectLedger(ledger, CLOCK);
    assertThat(later.settle(ledger.size())).isZero();
    assertThat(outcomes("open")).hasSize(1);
  }

  @Test
  void callsThatBeginMeanwhileAreLeftAlone() {
    EffectLedger effects = new EffectLedger(ledger, CLOCK);
    long end = ledger.size();
    effects.append(entry("intent", "now"));

    assertThat(effects.settle(end)).isZero();
    assertThat(outcomes("now")).isEmpty();
  }

  @Test
  void anOutcomeThatNobodyKnowsIsToldAtOnce() {
    EffectLedger effects = new EffectLedger(ledger, CLOCK);
    effects.append(entry("intent", "one"));
    ObjectNode unknown = (ObjectNode) CanonicalJson.read(entry("outcome", "one"));
    effects.append(CanonicalJson.bytes(unknown.put("ended", "unknown")));

    assertThat(effects.list())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.agent()).isEqualTo("clerk");
          assertThat(call.tool()).isEqualTo("pay");
          assertThat(call.effect()).isEqualTo("money");
        });
  }

  private List<Ended> outcomes(String call) {
    List<Ended> outcomes = new ArrayList<>();
    for (byte[] data : ledger.read(0, (int) ledger.size())) {
      if (EffectEntry.read(data).orElse(null) instanceof EffectEntry.Outcome outcome
          && outcome.call().equals(call)) {
        outcomes.add(outcome.ended());
      }
    }
    return outcomes;
  }

  private static byte[] entry(String kind, String call) {
    ObjectNode entry = CanonicalJson.object();
    entry.put("form", 1).put("kind", kind).put("call", call);
    entry.put("at", CLOCK.instant().toString());
    if (kind.equals("intent")) {
      entry.put("agent", "clerk").put("server", "bank").put("tool", "pay").put("effect", "money");
    } else {
      entry.put("ended", "answered");
    }
    return CanonicalJson.bytes(entry);
  }
}
