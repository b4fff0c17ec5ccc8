// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import dev.steward.console.view.LedgerReading;
import dev.steward.control.access.Actor;
import dev.steward.control.event.EnvelopeCodec;
import dev.steward.control.event.Event;
import dev.steward.domain.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A ledger of entries that tests put there.
public final class FakeLedger implements LedgerReading {
  private final List<byte[]> entries = new ArrayList<>();
  private final Instant now;
  private final String name;

  public FakeLedger(Instant now) {
    this(now, "control");
  }

  public FakeLedger(Instant now, String name) {
    this.now = now;
    this.name = name;
  }

  public void put(Instant at, Actor actor, Event... events) {
    EnvelopeCodec.write(at, actor, List.of(events)).forEach(part -> entries.add(part.bytes()));
  }

  public void putBytes(byte[] bytes) {
    entries.add(bytes);
  }

  /// What a small server has been through.
  public static FakeLedger lived(Instant now) {
    FakeLedger ledger = new FakeLedger(now);
    Digest body = Digest.of("body");
    Instant start = now.minusSeconds(400_000);
    ledger.put(start, Actor.SYSTEM, new Event.SettingChanged("ingest.require-key", "false"));
    for (String agent : List.of("refunds", "fraud-check", "claims", "letters", "research")) {
      ledger.put(
          start.plusSeconds(60),
          Actor.person("p-dana"),
          new Event.PersonDeclared("p-mei", body, body),
          new Event.AgentDeclared(agent, body, Digest.of(agent)),
          new Event.ResourceDeclared("ToolServer", "payments", body),
          new Event.VersionPutInForce(agent, "development", Digest.of(agent)));
    }
    ledger.put(
        now.minusSeconds(9000),
        Actor.person("p-dana"),
        new Event.AgentKeyIssued("key-7f31c2aa90b1", body, "refunds", "production", "v7"));
    ledger.put(
        now.minusSeconds(5000),
        Actor.token("token-ci"),
        new Event.VersionPutInForce("refunds", "production", Digest.of("refunds")));
    ledger.put(
        now.minusSeconds(900),
        Actor.person("p-mei"),
        new Event.HoldPlaced(
            "hold-1", "run", "01a0c4e7b2d94f6c8e11d5a90b9e9b1f", Digest.of("reason")));
    ledger.put(
        now.minusSeconds(30),
        Actor.person("p-mei"),
        new Event.AgentKeyRevoked("key-19aa00", Digest.of("gone")));
    return ledger;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> keys() {
    return List.of(
        "log steward.example/control+7f31c2aa+AVhSZ3k0o9e0b1c2d3e4f5a6b7c8d0q8Zc3h0mT1ZJm4");
  }

  @Override
  public Head head() {
    long signed = entries.size();
    return new Head(
        entries.size(),
        signed,
        "",
        now.minusSeconds(4),
        "steward.example/control\n"
            + signed
            + "\n"
            + "q8Zc3h0mT1ZJm4m5iK0o2o9e0b1c2d3e4f5a6b7c8d0=\n\n"
            + "— steward.example/control 7pG2Qk1f0XWvR3\n");
  }

  @Override
  public List<Line> lines(long from, int count) {
    List<Line> lines = new ArrayList<>();
    for (long i = from; i < Math.min(entries.size(), from + count); i++) {
      line(i).ifPresent(lines::add);
    }
    return lines;
  }

  @Override
  public Optional<Line> line(long index) {
    if (index < 0 || index >= entries.size()) {
      return Optional.empty();
    }
    byte[] data = entries.get((int) index);
    return Optional.of(new Line(index, data, Digest.of(data).hex()));
  }

  @Override
  public Optional<String> text(String digest) {
    return digest.equals(Digest.of("reason").hex())
        ? Optional.of("a customer went to court")
        : Optional.empty();
  }
}
