// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import dev.steward.control.outbox.Courier;
import dev.steward.control.outbox.Notice;
import dev.steward.control.state.State;
import dev.steward.domain.Uninterrupted;
import dev.steward.domain.resource.Channel;
import dev.steward.insight.finding.Finding;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Tells people that a governed agent goes past the gateway, that an agent runs what was not
/// declared, or that another model answers it than before: once a day for each agent and finding,
/// as long as it does.
public final class UngovernedNotices implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UngovernedNotices.class.getName());
  private static final List<String> EVENTS =
      List.of("agent.ungoverned", "agent.undeclared", "agent.model-changed");
  private static final Duration LOOK_EVERY = Duration.ofSeconds(20);

  private final Supplier<State> state;
  private final Supplier<List<Finding>> findings;
  private final Courier courier;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("ungoverned").unstarted(this::run);

  public UngovernedNotices(
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
  public UngovernedNotices start() {
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
          LOG.log(Level.WARNING, "who goes past the gateway is not told now", e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Tells what is found now and was not told today. Nothing is looked for where nobody is told.
  void look() {
    if (state.get().all(Channel.class).stream()
        .noneMatch(channel -> EVENTS.stream().anyMatch(channel::tells))) {
      return;
    }
    Instant now = clock.instant();
    for (Finding finding : findings.get()) {
      String event = event(finding);
      if (EVENTS.contains(event)) {
        courier.tell(
            "msg-" + finding.id() + "-" + now.atOffset(ZoneOffset.UTC).toLocalDate(),
            notice(event, finding, now));
      }
    }
  }

  private static String event(Finding finding) {
    String kind = finding.id().split("/", 2)[0];
    int dash = kind.indexOf('-');
    boolean several = kind.startsWith("ungoverned-") || kind.startsWith("undeclared-");
    return "agent." + (several ? kind.substring(0, dash) : kind);
  }

  private static Notice notice(String event, Finding finding, Instant now) {
    String agent = finding.subject().agent();
    return new Notice(
        event,
        finding.id(),
        now,
        finding.title(),
        finding.why(),
        "/agents/" + agent,
        Map.of(
            "agent",
            agent,
            "calls",
            finding.id().startsWith("ungoverned-tools/") ? "tools" : "models"));
  }
}
