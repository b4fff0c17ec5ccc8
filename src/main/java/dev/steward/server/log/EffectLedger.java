// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.live.UnknownOutcomes;
import dev.steward.domain.ApiException;
import dev.steward.gateway.record.ActivityLog;
import dev.steward.gateway.record.EffectEntry;
import dev.steward.gateway.record.EffectEntry.Ended;
import dev.steward.gateway.record.EffectEntry.Intent;
import dev.steward.gateway.record.EffectEntry.Outcome;
import dev.steward.ledger.Entry;
import dev.steward.ledger.Ledger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What tools did to the world, in the activity ledger. Where the process before this one died
/// between an intent and its outcome, the outcome is written as unknown, once.
public final class EffectLedger implements ActivityLog, UnknownOutcomes {
  private static final System.Logger LOG = System.getLogger(EffectLedger.class.getName());
  private static final String SETTLED = "settled";
  private static final int BATCH = 500;
  private static final int OPEN_MAX = 20_000;
  private static final int UNKNOWN_MAX = 1_000;

  private final Ledger ledger;
  private final InstantSource clock;
  private final Map<String, Intent> open = new LinkedHashMap<>();
  private final List<Unknown> unknown = new ArrayList<>();

  public EffectLedger(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Looks at what earlier processes left open, beside the calls that come in by now. It must be
  /// called before the first of them, and returns at once.
  public EffectLedger start() {
    long end = ledger.size();
    Thread.ofVirtual()
        .name("effects-left-open")
        .start(() -> {
          try {
            settle(end);
          } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "intents without outcome were not all looked for", e);
          }
        });
    return this;
  }

  @Override
  public void append(byte[] entry) {
    ledger.append(Entry.of(entry));
    EffectEntry.read(entry).ifPresent(this::learn);
  }

  @Override
  public synchronized List<Unknown> list() {
    return List.copyOf(unknown.reversed());
  }

  /// Writes the outcome of each intent before `end` that has none, back to where this was done
  /// last.
  ///
  /// @return how many there were
  public int settle(long end) {
    Set<String> ended = new HashSet<>();
    List<Intent> left = new ArrayList<>();
    List<Outcome> unknownBefore = new ArrayList<>();
    Map<String, Intent> intents = new LinkedHashMap<>();
    boolean begun = false;
    for (long to = end; to > 0 && !begun; to -= BATCH) {
      long from = Math.max(0, to - BATCH);
      List<byte[]> entries = ledger.read(from, (int) (to - from));
      for (byte[] data : entries.reversed()) {
        if (isSettled(data)) {
          begun = true;
          break;
        }
        switch (EffectEntry.read(data).orElse(null)) {
          case Outcome outcome -> {
            ended.add(outcome.call());
            if (outcome.ended() == Ended.UNKNOWN) {
              unknownBefore.add(outcome);
            }
          }
          case Intent intent -> {
            intents.put(intent.call(), intent);
            if (!ended.contains(intent.call())) {
              left.add(intent);
            }
          }
          case null -> {
            // An entry about something else.
          }
        }
      }
    }
    for (Outcome outcome : unknownBefore.reversed()) {
      Intent intent = intents.get(outcome.call());
      if (intent != null) {
        tell(intent);
      }
    }
    write(left);
    return left.size();
  }

  private void write(List<Intent> left) {
    Instant now = clock.instant();
    List<Entry> entries = new ArrayList<>();
    for (Intent intent : left.reversed()) {
      entries.add(Entry.of(EffectEntry.unknown(intent, now)));
      tell(intent);
    }
    ObjectNode settled = CanonicalJson.object();
    settled.put("form", EffectEntry.FORM);
    settled.put("kind", SETTLED);
    settled.put("at", now.toString());
    settled.put("unknown", left.size());
    entries.add(Entry.of(CanonicalJson.bytes(settled)));
    try {
      ledger.append(entries);
    } catch (ApiException e) {
      LOG.log(Level.WARNING, "unknown outcomes are not written; the next start tries again", e);
    }
  }

  private synchronized void learn(EffectEntry entry) {
    switch (entry) {
      case Intent intent -> {
        open.put(intent.call(), intent);
        if (open.size() > OPEN_MAX) {
          open.remove(open.keySet().iterator().next());
        }
      }
      case Outcome outcome -> {
        Intent intent = open.remove(outcome.call());
        if (intent != null && outcome.ended() == Ended.UNKNOWN) {
          tell(intent);
        }
      }
    }
  }

  private synchronized void tell(Intent intent) {
    unknown.add(
        new Unknown(
            intent.at(),
            intent.call(),
            intent.traceId(),
            intent.agent(),
            intent.server(),
            intent.tool(),
            intent.effect()));
    if (unknown.size() > UNKNOWN_MAX) {
      unknown.removeFirst();
    }
  }

  private static boolean isSettled(byte[] data) {
    try {
      return CanonicalJson.read(data).path("kind").asString("").equals(SETTLED);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
