// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.outbox.Courier;
import dev.steward.control.outbox.Delivery;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.store.sqlite.SqliteOutbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingNoticesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String CHANNEL =
      """
      apiVersion: steward/v1
      kind: Channel
      metadata: {name: ops}
      spec: {type: webhook, url: "https://example.com/hook", events: [agent.ungoverned]}
      """;

  @TempDir private Path folder;
  private final List<Finding> found = new ArrayList<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private ControlFixture control;
  private SqliteOutbox outbox;
  private int looks;

  @BeforeEach
  void open() {
    control = new ControlFixture(folder);
    outbox = SqliteOutbox.open(folder.resolve("outbox.db"));
    found.add(finding("ungoverned-tools/refunds", "refunds calls tools past the gateway"));
    found.add(finding("failing/refunds", "refunds fails more than it did"));
  }

  @AfterEach
  void close() {
    outbox.close();
    control.close();
  }

  @Test
  void peopleAreToldOnceADayAsLongAsItLasts() {
    control.apply(CHANNEL);
    FindingNotices notices = notices();
    notices.look();
    notices.look();

    assertThat(outbox.list(null, 10))
        .singleElement()
        .satisfies(delivery -> {
          assertThat(delivery.channel()).isEqualTo("ops");
          assertThat(delivery.notice().event()).isEqualTo("agent.ungoverned");
          assertThat(delivery.notice().title()).isEqualTo("refunds calls tools past the gateway");
          assertThat(delivery.notice().data()).containsEntry("calls", "tools");
        });

    now.set(NOW.plus(Duration.ofDays(1)));
    notices.look();
    assertThat(outbox.list(Delivery.Status.WAITING, 10)).hasSize(2);
    assertThat(outbox.position()).as("what the ledger was read to").isEmpty();
  }

  @Test
  void aChangedToolAndAnUnknownOutcomeAreToldAndToldAnewWhenTheyBecomeOthers() {
    control.apply(CHANNEL.replace("agent.ungoverned", "\"tool.*\""));
    found.clear();
    found.add(ofServer("changed-tools/payments", "description was \"a\" and is \"b\""));
    found.add(ofServer("new-tools/payments", "Agents do not see them."));
    found.add(finding("unknown-effects/refunds", "Nobody knows whether 1 call took effect"));
    FindingNotices notices = notices();
    notices.look();
    notices.look();

    assertThat(events()).containsExactlyInAnyOrder("tool.changed", "tool.new", "tool.unknown");
    assertThat(outbox.list(null, 10))
        .filteredOn(delivery -> delivery.notice().event().equals("tool.changed"))
        .singleElement()
        .satisfies(delivery -> {
          assertThat(delivery.notice().path()).isEqualTo("/tools/payments");
          assertThat(delivery.notice().text()).contains("was \"a\" and is \"b\"");
          assertThat(delivery.notice().data()).containsEntry("server", "payments");
        });

    found.set(0, ofServer("changed-tools/payments", "description was \"a\" and is \"c\""));
    notices.look();
    assertThat(events()).as("it was told a moment ago").hasSize(3);
    now.set(NOW.plus(Duration.ofHours(1)));
    notices.look();
    notices.look();
    assertThat(events()).hasSize(4);
    notices().look();
    assertThat(events()).as("also after a restart").hasSize(4);
  }

  @Test
  void whatWasNotDeclaredAndASilentModelChangeAreTold() {
    control.apply(CHANNEL.replace("agent.ungoverned", "agent.undeclared, agent.model-changed"));
    found.clear();
    found.add(finding("undeclared/refunds", "refunds runs another prompt than its version"));
    found.add(finding("model-changed/refunds", "gpt-5 answers refunds as another model"));
    FindingNotices notices = notices();
    notices.look();

    assertThat(events()).containsExactlyInAnyOrder("agent.undeclared", "agent.model-changed");
    assertThat(outbox.list(null, 10))
        .allSatisfy(delivery -> assertThat(delivery.notice().title()).contains("refunds"));
  }

  private List<String> events() {
    List<String> events = new ArrayList<>();
    for (Delivery delivery : outbox.list(null, 10)) {
      events.add(delivery.notice().event());
    }
    return events;
  }

  @Test
  void whatARuleTellsAChannelIsNotToldItTwice() {
    control.apply(CHANNEL);
    control.apply(CHANNEL.replace("name: ops", "name: others"));
    control.apply(
        """
        apiVersion: steward/v1
        kind: AlertRule
        metadata: {name: past}
        spec: {findings: {kinds: [ungoverned-tools]}, routes: [ops]}
        """);
    notices().look();
    assertThat(outbox.list(null, 10)).extracting(Delivery::channel).containsExactly("others");
  }

  @Test
  void nothingIsLookedForWhereNobodyIsTold() {
    notices().look();
    assertThat(looks).isZero();

    control.apply(CHANNEL.replace("agent.ungoverned", "kill.placed"));
    notices().look();
    assertThat(looks).isZero();
    assertThat(outbox.list(null, 10)).isEmpty();
  }

  private FindingNotices notices() {
    Courier courier =
        new Courier(outbox, () -> control.control().state(), (_, _) -> {}, () -> now.get());
    return new FindingNotices(
        () -> control.control().state(),
        () -> {
          looks++;
          return found;
        },
        courier,
        () -> now.get());
  }

  private static Finding finding(String id, String title) {
    return finding(id, new Subject("refunds", Set.of("production")), title, "2 calls in 1 run");
  }

  private static Finding ofServer(String id, String why) {
    return finding(id, Subject.SERVER, "The tool server payments is another", why);
  }

  private static Finding finding(String id, Subject subject, String title, String why) {
    return new Finding(id, Severity.CRITICAL, subject, title, why, NOW, List.of(), List.of());
  }
}
