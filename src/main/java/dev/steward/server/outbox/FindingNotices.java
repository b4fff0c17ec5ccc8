// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import dev.steward.control.outbox.Courier;
import dev.steward.control.outbox.Notice;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.Uninterrupted;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.Channel;
import dev.steward.insight.alert.AlertRules;
import dev.steward.insight.finding.Finding;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Tells people of findings that must not wait until somebody looks: an agent that goes past the
/// gateway, runs what was not declared, is answered by another model, has gone silent or fails
/// more, a tool that was changed or is new, a call of which nobody knows whether it took effect.
/// Each is told once a day as long as it lasts; what is said of tools also when it has become
/// something else, once an hour at most.
public final class FindingNotices implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FindingNotices.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofSeconds(20);
  private static final Duration ANEW_AFTER = Duration.ofHours(1);

  /// The event by the kind of the finding.
  private static final Map<String, String> EVENTS =
      Map.of(
          "ungoverned", "agent.ungoverned",
          "ungoverned-tools", "agent.ungoverned",
          "undeclared", "agent.undeclared",
          "model-changed", "agent.model-changed",
          "silent", "agent.silent",
          "failing", "agent.failing",
          "changed-tools", "tool.changed",
          "new-tools", "tool.new",
          "unknown-effects", "tool.unknown");

  private final Supplier<State> state;
  private final Supplier<List<Finding>> findings;
  private final Courier courier;
  private final InstantSource clock;
  private final Map<String, Told> last = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("finding-notices").unstarted(this::run);

  public FindingNotices(
      Supplier<State> state,
      Supplier<List<Finding>> findings,
      Courier courier,
      InstantSource clock) {
    this.state = state;
    this.findings = findings;
    this.courier = courier;
    this.clock = clock;
  }

  /// Begins to look, until it is closed.
  public FindingNotices start() {
    thread.start();
    return this;
  }

  @Override
  public void close() {
    closed.countDown();
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(thread);
    }
  }

  private void run() {
    try {
      while (!closed.await(LOOK_EVERY.toSeconds(), TimeUnit.SECONDS)) {
        try {
          look();
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "what was found is not told now", e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// What was told of a finding.
  private record Told(Digest words, Instant at) {}

  /// Tells what is found now and was not told. Nothing is looked for where nobody is told.
  void look() {
    if (state.get().all(Channel.class).stream()
        .noneMatch(channel -> EVENTS.values().stream().anyMatch(channel::tells))) {
      return;
    }
    Instant now = clock.instant();
    Set<String> found = new HashSet<>();
    for (Finding finding : findings.get()) {
      String event = EVENTS.get(kind(finding));
      if (event != null) {
        found.add(finding.id());
        tell(event, finding, now);
      }
    }
    last.keySet().retainAll(found);
  }

  private void tell(String event, Finding finding, Instant now) {
    boolean ofTools = event.startsWith("tool.");
    Digest words = ofTools ? Digest.of(finding.title() + "\n" + finding.why()) : Digest.of("");
    Told told = last.get(finding.id());
    if (told != null
        && !told.words().equals(words)
        && Duration.between(told.at(), now).compareTo(ANEW_AFTER) < 0) {
      return;
    }
    if (told == null || !told.words().equals(words)) {
      last.put(finding.id(), new Told(words, now));
    }
    courier.tell(
        "msg-"
            + finding.id()
            + "-"
            + now.atOffset(ZoneOffset.UTC).toLocalDate()
            + (ofTools ? "-" + words.hex().substring(0, 16) : ""),
        notice(event, finding, now),
        channel -> !ruled(finding, channel));
  }

  /// Whether a rule tells the channel of it, so that it is not told twice.
  private boolean ruled(Finding finding, Channel channel) {
    State now = state.get();
    return now.all(AlertRule.class).stream()
        .anyMatch(rule ->
            rule.telling().channels().contains(channel.name())
                && AlertRules.fires(rule, finding, now));
  }

  /// `changed-tools` of `changed-tools/payments`.
  private static String kind(Finding finding) {
    String kind = finding.id().split("/", 2)[0];
    return kind.startsWith("undeclared-") ? "undeclared" : kind;
  }

  private static Notice notice(String event, Finding finding, Instant now) {
    boolean server = finding.subject().server();
    String name =
        server ? finding.id().substring(finding.id().indexOf('/') + 1) : finding.subject().agent();
    Map<String, String> data =
        server
            ? Map.of("server", name)
            : event.equals("agent.ungoverned")
                ? Map.of(
                    "agent",
                    name,
                    "calls",
                    kind(finding).equals("ungoverned-tools") ? "tools" : "models")
                : Map.of("agent", name);
    return new Notice(
        event,
        finding.id(),
        now,
        finding.title(),
        finding.why(),
        (server ? "/tools/" : "/agents/") + name,
        data);
  }
}
