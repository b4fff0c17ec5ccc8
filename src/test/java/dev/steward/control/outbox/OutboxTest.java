// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlFixture;
import dev.steward.control.Requests;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.IncidentStatus;
import dev.steward.control.incident.Severity;
import dev.steward.control.outbox.Carrier.NotCarried;
import dev.steward.control.outbox.Delivery.Status;
import dev.steward.domain.ApiException;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.Strategy;
import dev.steward.domain.resource.Channel;
import dev.steward.store.sqlite.SqliteOutbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutboxTest {
  private static final String OPS =
      """
      apiVersion: steward/v1
      kind: Channel
      metadata: {name: ops}
      spec: {type: webhook, url: "https://example.com/hook", events: ["approval.*"]}
      """;

  private static final String ERIK =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: erik@example.com}
      spec: {grants: [{role: operator}]}
      """;

  @TempDir private Path folder;
  private ControlFixture fixture;
  private Outbox outbox;
  private final FakeCarrier carrier = new FakeCarrier();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private Courier courier;
  private Announcer announcer;

  /// Takes everything, or fails as often as it is told.
  private static final class FakeCarrier implements Carrier {
    final BlockingQueue<Delivery> carried = new LinkedBlockingQueue<>();
    final Queue<NotCarried> failures = new ConcurrentLinkedQueue<>();

    @Override
    public void carry(Channel channel, Delivery delivery) throws NotCarried {
      NotCarried failure = failures.poll();
      carried.add(delivery);
      if (failure != null) {
        throw failure;
      }
    }

    Delivery next() throws InterruptedException {
      Delivery next = carried.poll(30, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing was carried");
      }
      return next;
    }
  }

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    now.set(ControlFixture.START.plus(Duration.ofDays(1)));
    start();
  }

  @AfterEach
  void close() {
    stop();
    fixture.close();
  }

  @Test
  void whatHappensIsToldToTheChannelsThatWantIt() throws InterruptedException {
    fixture.apply(OPS);
    fixture.apply(OPS.replace("name: ops", "name: kills").replace("approval.*", "kill.placed"));
    fixture.submit(Requests.of("a-1", "refunds", "{\"amount\":1}", 1, 3600));
    Delivery told = carrier.next();
    assertThat(told.channel()).isEqualTo("ops");
    assertThat(told.notice().title())
        .isEqualTo(
            "Approval needed: refunds wants to move money with payments/refund in production");
    assertThat(told.notice().toString()).doesNotContain("amount");

    fixture.submit(
        new Command.AnswerApproval(
            "a-1", false, "", Optional.empty(), Optional.empty(), Optional.empty()));
    Delivery answered = carrier.next();
    assertThat(answered.notice().event()).isEqualTo("approval.answered");
    awaitStatus(told.id(), Status.DELIVERED);
    awaitStatus(answered.id(), Status.DELIVERED);
    assertThat(outbox.list(Status.WAITING, 10)).isEmpty();
  }

  @Test
  void verdictsOnCanariesAreToldOnceAndNotThatNothingIsShownYet() throws InterruptedException {
    fixture.apply(OPS.replace("approval.*", "canary.*"));
    fixture.apply(Yaml.documents(Yaml.DANA, Yaml.agent("lookup", "version: {code: {build: 1}}")));
    fixture.submit(new Command.StartRelease("direct", "lookup", "staging", "", "better"));
    fixture.apply(Yaml.agent("lookup", "version: {code: {build: 2}}"));
    fixture.apply(
        """
        apiVersion: steward/v1
        kind: Gate
        metadata: {name: paid}
        spec: {environments: [staging], requires: canary, maxAge: 2s}
        """);
    fixture.submit(
        new Command.StartRelease(
            "canary", "lookup", "staging", "", Strategy.CANARY, Map.of(), "a new prompt"));
    fixture.submit(new Command.HoldRelease("canary", "a visit"));
    fixture.submit(new Command.WeighCanary("canary", "20%", "go on"));
    judge(CanaryVerdict.HOLD);
    judge(CanaryVerdict.INCONCLUSIVE);
    Delivery told = carrier.next();
    assertThat(told.notice().event()).isEqualTo("canary.inconclusive");
    assertThat(told.notice().title()).contains("canary of lookup in staging");
    assertThat(told.notice().path()).isEqualTo("/releases/canary");
    assertThat(told.notice().data()).containsEntry("rule", "by-test");

    judge(CanaryVerdict.ROLL_BACK);
    assertThat(carrier.next().notice().event()).isEqualTo("canary.rolled-back");
    awaitStatus(told.id(), Status.DELIVERED);
    assertThat(carrier.carried).isEmpty();
  }

  @Test
  void driftIsToldOnceWithItsNumbersAndItsPage() throws InterruptedException {
    fixture.apply(OPS.replace("approval.*", "drift.*"));
    fixture.apply(Yaml.documents(Yaml.DANA, Yaml.agent("lookup")));
    Instant began = ControlFixture.START;
    fixture.submit(
        new Command.LearnBaseline("lookup", "staging", "undeclared", 500, began, began, "{}"));
    for (String id : List.of("d-1", "d-2")) {
      fixture.submit(
          new Command.TellDrift(
              id, "lookup", "staging", "errors", "up", 90, began, "9 % against 2 %.", "{}"));
    }
    fixture.submit(new Command.CloseDrift("d-1", "seen"));

    Delivery told = carrier.next();
    assertThat(told.notice().event()).isEqualTo("drift.found");
    assertThat(told.notice().subject()).isEqualTo("d-1");
    assertThat(told.notice().title()).isEqualTo("Drift of lookup in staging: errors went up");
    assertThat(told.notice().text()).isEqualTo("9 % against 2 %.");
    assertThat(told.notice().path()).isEqualTo("/drift/lookup/staging");
    assertThat(told.notice().data())
        .containsEntry("agent", "lookup")
        .containsEntry("environment", "staging")
        .containsEntry("trait", "errors")
        .containsEntry("direction", "up")
        .containsEntry("runs", "90")
        .containsEntry("why", "9 % against 2 %.");
    awaitStatus(told.id(), Status.DELIVERED);
    assertThat(carrier.carried).isEmpty();
  }

  @Test
  void incidentsAreToldFromOpeningToResolution() throws InterruptedException {
    fixture.apply(OPS.replace("approval.*", "incident.*"));
    fixture.apply(Yaml.documents(Yaml.DANA, Yaml.agent("lookup"), ERIK));
    Actor erik = Actor.person(fixture.state().person("erik@example.com").orElseThrow().id());
    fixture.submit(
        new Command.OpenIncident(
            "i-1",
            "Refunds go out twice",
            Severity.MAJOR,
            List.of(new Concern("lookup", "staging")),
            List.of(),
            "",
            Optional.of(ControlFixture.START),
            "two customers called"));

    Notice opened = carrier.next().notice();
    assertThat(opened.event()).isEqualTo("incident.opened");
    assertThat(opened.subject()).isEqualTo("i-1");
    assertThat(opened.title()).isEqualTo("Incident (major): Refunds go out twice");
    assertThat(opened.text())
        .contains(ControlFixture.START.toString(), "lookup in staging", "two customers called");
    assertThat(opened.path()).isEqualTo("/incidents/i-1");
    assertThat(opened.data())
        .containsEntry("severity", "major")
        .containsEntry("agents", "lookup in staging")
        .containsEntry("began", ControlFixture.START.toString());

    fixture.submit(new Command.NoteIncident("i-1", "a note is not told"));
    fixture
        .control()
        .submit(
            new Command.ChangeIncident(
                "i-1",
                Optional.empty(),
                Optional.of("dana@example.com"),
                Optional.of(IncidentStatus.RESOLVED),
                "rolled back"),
            erik);
    Notice led = carrier.next().notice();
    assertThat(led.event()).isEqualTo("incident.changed");
    assertThat(led.title()).isEqualTo("Incident commander Dana Smith: Refunds go out twice");
    Notice over = carrier.next().notice();
    assertThat(over.event()).isEqualTo("incident.resolved");
    assertThat(over.text()).isEqualTo("rolled back");
    Incident incident = fixture.state().incidents().find("i-1").orElseThrow();
    assertThat(over.data())
        .containsEntry("status", "resolved")
        .containsEntry("containment", "")
        .containsEntry("detection", incident.detection().toString())
        .containsEntry("resolution", incident.resolution().orElseThrow().toString());
  }

  private void judge(CanaryVerdict verdict) {
    fixture.submit(new Command.JudgeCanary("canary", verdict, "by-test", "so it is", 10, "{}"));
  }

  @Test
  void whatWasBeforeAChannelIsNotToldThroughIt() throws InterruptedException {
    fixture.submit(Requests.of("a-1", "refunds", "{\"amount\":1}", 1, 3600));
    fixture.apply(OPS);
    fixture.submit(Requests.of("a-2", "refunds", "{\"amount\":2}", 1, 3600));
    assertThat(carrier.next().notice().subject()).isEqualTo("a-2");
    stop();
    start();
    fixture.submit(Requests.of("a-3", "refunds", "{\"amount\":3}", 1, 3600));
    assertThat(carrier.next().notice().subject()).isEqualTo("a-3");
  }

  @Test
  void whatHappensWhileNobodyReadsIsToldAfterTheStartAndOnce() throws InterruptedException {
    fixture.apply(OPS);
    fixture.submit(Requests.of("a-1", "refunds", "{\"amount\":1}", 1, 3600));
    assertThat(carrier.next().notice().subject()).isEqualTo("a-1");
    stop();
    fixture.submit(Requests.of("a-2", "refunds", "{\"amount\":2}", 1, 3600));
    start();
    assertThat(carrier.next().notice().subject()).isEqualTo("a-2");
    stop();
    start();
    fixture.submit(Requests.of("a-3", "refunds", "{\"amount\":3}", 1, 3600));
    assertThat(carrier.next().notice().subject()).isEqualTo("a-3");
    assertThat(carrier.carried).isEmpty();
  }

  @Test
  void whatFailsIsTriedAgainWithLongerAndLongerPausesUnderTheSameId() throws InterruptedException {
    fixture.apply(OPS);
    for (int i = 0; i < 8; i++) {
      carrier.failures.add(new NotCarried("answered 503", false));
    }
    fixture.submit(Requests.of("a-1", "refunds", "{\"amount\":1}", 1, 3600));
    Set<String> ids = new HashSet<>();
    Duration last = Duration.ZERO;
    for (int attempt = 1; attempt < 8; attempt++) {
      ids.add(carrier.next().id());
      String id = ids.iterator().next();
      awaitAttempts(id, attempt);
      Delivery waiting = outbox.find(id).orElseThrow();
      assertThat(waiting.status()).isEqualTo(Status.WAITING);
      assertThat(waiting.trouble()).isEqualTo("answered 503");
      Duration pause = Duration.between(now.get(), waiting.due());
      assertThat(pause).isGreaterThan(last);
      last = pause;
      now.set(waiting.due());
      courier.wake();
    }
    ids.add(carrier.next().id());
    assertThat(ids).hasSize(1);
    String id = ids.iterator().next();
    awaitStatus(id, Status.FAILED);
    assertThat(outbox.list(Status.FAILED, 10)).hasSize(1);

    courier.again(id);
    assertThat(carrier.next().id()).isEqualTo(id);
    awaitStatus(id, Status.DELIVERED);
    assertThatThrownBy(() -> courier.again(id))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("delivered");
  }

  @Test
  void whatIsGoneForGoodIsNotTriedAgain() throws InterruptedException {
    fixture.apply(OPS);
    carrier.failures.add(new NotCarried("answered 410", true));
    fixture.submit(Requests.of("a-1", "refunds", "{\"amount\":1}", 1, 3600));
    awaitStatus(carrier.next().id(), Status.FAILED);
  }

  @Test
  void aWaitingDeliverySurvivesARestart() throws InterruptedException {
    fixture.apply(OPS);
    carrier.failures.add(new NotCarried("answered 503", false));
    fixture.submit(Requests.of("a-1", "refunds", "{\"amount\":1}", 1, 3600));
    Delivery first = carrier.next();
    awaitAttempts(first.id(), 1);
    stop();
    now.set(now.get().plusSeconds(60));
    start();
    assertThat(carrier.next().id()).isEqualTo(first.id());
    awaitStatus(first.id(), Status.DELIVERED);
  }

  private void start() {
    outbox = SqliteOutbox.open(folder.resolve("outbox.db"));
    courier = new Courier(outbox, () -> fixture.state(), carrier, now::get);
    announcer = Announcer.start(fixture.control(), fixture.ledger, outbox, courier::wake);
    courier.start();
  }

  private void stop() {
    announcer.close();
    courier.close();
    outbox.close();
  }

  private void awaitStatus(String id, Status status) {
    while (outbox.find(id).map(Delivery::status).orElseThrow() != status) {
      Thread.onSpinWait();
    }
  }

  private void awaitAttempts(String id, int attempts) {
    while (outbox.find(id).map(Delivery::attempts).orElseThrow() < attempts) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsAboutOneSubjectIsFoundHoweverMuchIsAboutOthers() {
    Instant at = now.get().plusSeconds(9_999);
    List<Delivery> all = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      String subject = i < 2 ? "it's \"mine\"" : "other-" + i;
      Notice notice = new Notice("alert.firing", subject, at, "title", "text", "/", Map.of());
      all.add(Delivery.of("d-" + i, "ops", notice, at.plusSeconds(i)));
    }
    outbox.add(all);
    assertThat(outbox.about("it's \"mine\"", 10))
        .extracting(Delivery::id)
        .containsExactly("d-1", "d-0");
    assertThat(outbox.about("it's \"mine\"", 1)).hasSize(1);
    assertThat(outbox.about("nobody", 10)).isEmpty();
  }

  @Test
  void listsAreTheNewestFirst() {
    List<Delivery> none = outbox.list(null, 10);
    assertThat(none).isEmpty();
    assertThat(outbox.nextDue()).isEmpty();
  }
}
