// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Strategy;
import dev.steward.domain.rollout.Arm;
import dev.steward.domain.rollout.Assigned;
import dev.steward.domain.rollout.Assignment;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Trial;
import dev.steward.store.file.FileDiary;
import dev.steward.trace.diary.Diary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArmsTest {
  private static final int MANY = 400;

  @TempDir Path folder;
  private ControlFixture fixture;
  private Digest first;
  private Digest second;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.DANA, version(1)));
    fixture.submit(new Command.StartRelease("direct", "lookup", "staging", "", "better"));
    fixture.apply(version(2));
    first = inForce("staging");
    second = inForce("development");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void eachConversationHasOneVersionForAllItsCalls() {
    Arms arms = Arms.inMemory();
    begin("30%");
    List<Digest> given = versions(arms, "c");

    assertThat(versions(arms, "c")).isEqualTo(given);
    assertThat(canaries(given)).isBetween(MANY / 5L, MANY * 2 / 5L);
    assertThat(
            arms.assigned(fixture.state(), caller(""), conversation("c-1"), conversation("c-1"))
                .trial())
        .map(Trial::release)
        .contains("canary");
  }

  @Test
  void anotherWeightMovesNobody() {
    Arms arms = Arms.inMemory();
    begin("30%");
    List<Digest> given = versions(arms, "c");
    fixture.submit(new Command.WeighCanary("canary", "90%", "more"));
    assertThat(versions(arms, "c")).isEqualTo(given);
    assertThat(canaries(versions(arms, "new"))).isGreaterThan(MANY * 4 / 5L);

    fixture.submit(new Command.WeighCanary("canary", "1%", "less"));
    assertThat(versions(arms, "c")).isEqualTo(given);
    fixture.submit(new Command.HoldRelease("canary", "a visit"));
    assertThat(versions(arms, "c")).isEqualTo(given);
    assertThat(canaries(versions(arms, "visitor"))).isZero();
  }

  @Test
  void aRestartMovesNobodyEvenWithAnotherWeight() {
    Path file = folder.resolve("arms.txt");
    List<Digest> given;
    begin("30%");
    try (FileDiary diary = FileDiary.open(file, 1_000)) {
      given = versions(new Arms(diary, Diary.NONE), "c");
      diary.flush();
    }
    fixture.submit(new Command.WeighCanary("canary", "80%", "more"));
    try (FileDiary diary = FileDiary.open(file, 1_000)) {
      assertThat(versions(new Arms(diary, Diary.NONE), "c")).isEqualTo(given);
    }
  }

  @Test
  void manyWhoCallWhileNothingIsTriedDoNotPushOutWhoIs() {
    Path file = folder.resolve("arms.txt");
    List<Digest> given;
    begin("30%");
    try (FileDiary pins = FileDiary.open(file, 2 * MANY);
        FileDiary calls = FileDiary.open(folder.resolve("callers.txt"), MANY)) {
      Arms arms = new Arms(pins, calls);
      given = versions(arms, "c");
      for (int i = 0; i < 10 * MANY; i++) {
        arms.assigned(
            fixture.state(),
            caller("", "development"),
            conversation("d-" + i),
            conversation("d-" + i));
        if (i % MANY == 0) {
          calls.flush();
        }
      }
    }
    fixture.submit(new Command.WeighCanary("canary", "80%", "more"));
    try (FileDiary pins = FileDiary.open(file, 2 * MANY)) {
      assertThat(versions(new Arms(pins, Diary.NONE), "c")).isEqualTo(given);
    }
  }

  @Test
  void aRollbackMovesAllAtOnce() {
    Arms arms = Arms.inMemory();
    begin("50%");
    assertThat(canaries(versions(arms, "c"))).isPositive();
    fixture.submit(new Command.RollBack("back", "lookup", "staging", "", false, "person", "worse"));

    assertThat(versions(arms, "c")).containsOnly(first);
  }

  @Test
  void whoIsUnderWayWhenItBeginsStaysWhereItIs() {
    Arms arms = Arms.inMemory();
    versions(arms, "c");
    begin("90%");

    assertThat(versions(arms, "c")).containsOnly(first);
    assertThat(canaries(versions(arms, "new"))).isPositive();
    Assigned user = new Assigned(Assigned.Kind.USER, "u-1");
    arms.assigned(fixture.state(), caller(""), user, user);
    assertThat(trial(arms, user)).isEqualTo(trial(Arms.inMemory(), user));
  }

  @Test
  void whoIsUnderWayStaysWhereItIsOverARestartToo() {
    Path file = folder.resolve("arms.txt");
    try (FileDiary diary = FileDiary.open(file, 2_000)) {
      versions(new Arms(Diary.NONE, diary), "c");
    }
    begin("90%");
    try (FileDiary diary = FileDiary.open(file, 2_000)) {
      Arms arms = new Arms(Diary.NONE, diary);
      assertThat(versions(arms, "c")).containsOnly(first);
      assertThat(canaries(versions(arms, "new"))).isPositive();
    }
  }

  @Test
  void aSwitchLeavesWhoIsUnderWayAndTakesWhoBegins() {
    Arms arms = Arms.inMemory();
    versions(arms, "before");
    begin(Strategy.BLUE_GREEN, Map.of());
    versions(arms, "beside");
    change(false, false);
    assertThat(versions(arms, "before")).containsOnly(first);
    assertThat(versions(arms, "beside")).containsOnly(first);
    assertThat(versions(arms, "after")).containsOnly(second);

    change(true, false);
    assertThat(versions(arms, "after")).containsOnly(second);
    assertThat(versions(arms, "new")).containsOnly(first);
    assertThat(versions(arms, "before")).containsOnly(first);
  }

  @Test
  void aSwitchThatCutsTakesAll() {
    Arms arms = Arms.inMemory();
    versions(arms, "before");
    begin(Strategy.BLUE_GREEN, Map.of());
    versions(arms, "beside");
    change(false, true);
    assertThat(versions(arms, "before")).containsOnly(second);
    assertThat(versions(arms, "beside")).containsOnly(second);

    change(true, false);
    assertThat(versions(arms, "before")).containsOnly(second);
    change(false, false);
    change(true, true);
    assertThat(versions(arms, "before")).containsOnly(first);
  }

  @Test
  void aRunOfAUserWhoCameBeforeIsAsFreshAsAny() {
    Arms arms = Arms.inMemory();
    Assigned user = new Assigned(Assigned.Kind.USER, "u-1");
    Assigned run = new Assigned(Assigned.Kind.RUN, "r-1");
    Assigned next = new Assigned(Assigned.Kind.RUN, "r-2");
    arms.assigned(fixture.state(), caller(""), user, run);
    begin(Strategy.BLUE_GREEN, Map.of());
    change(false, false);

    assertThat(arms.assigned(fixture.state(), caller(""), user, run).version().digest())
        .isEqualTo(first);
    assertThat(arms.assigned(fixture.state(), caller(""), user, next).version().digest())
        .isEqualTo(second);
  }

  @Test
  void whoAsksWhatItWillGetIsToldSoAndTelemetryIsShownWhereItBegan() {
    Arms arms = Arms.inMemory();
    begin(Strategy.BLUE_GREEN, Map.of());
    versions(arms, "c");
    Instant before = fixture.state().at();
    change(false, false);

    assertThat(foreseen(arms, conversation("c-1"))).isEqualTo(first);
    assertThat(foreseen(arms, conversation("new"))).isEqualTo(second);
    assertThat(foreseen(arms, new Assigned(Assigned.Kind.USER, "u-1"))).isEqualTo(second);
    assertThat(heard(arms, "c-1", Instant.MAX)).isEqualTo(first);
    assertThat(heard(arms, "elsewhere", before)).isEqualTo(first);
    assertThat(heard(arms, "elsewhere", Instant.MAX)).isEqualTo(second);
  }

  @Test
  void aRestartKeepsWhoIsUnderWayWhereItBegan() {
    Path file = folder.resolve("arms.txt");
    begin(Strategy.BLUE_GREEN, Map.of());
    try (FileDiary diary = FileDiary.open(file, 2_000)) {
      versions(new Arms(diary, Diary.NONE), "c");
    }
    change(false, false);
    try (FileDiary diary = FileDiary.open(file, 2_000)) {
      Arms arms = new Arms(diary, Diary.NONE);
      assertThat(versions(arms, "c")).containsOnly(first);
      assertThat(versions(arms, "new")).containsOnly(second);
    }
  }

  private Digest foreseen(Arms arms, Assigned who) {
    return arms.foreseen(fixture.state(), caller(""), who).version().digest();
  }

  private Digest heard(Arms arms, String conversation, Instant began) {
    return arms.version(fixture.state(), "lookup", "staging", conversation(conversation), began)
        .orElseThrow();
  }

  private void change(boolean back, boolean cut) {
    fixture.submit(new Command.SwitchRelease("canary", back, cut, "the other one"));
  }

  @Test
  void twoFirstCallsOfAConversationAtOnceAreOneConversation() throws Exception {
    begin("50%");
    List<Digest> alone = versions(Arms.inMemory(), "c");
    for (int round = 0; round < 5; round++) {
      Arms arms = Arms.inMemory();
      for (int i = 0; i < MANY; i++) {
        Assigned who = conversation("c-" + i);
        CyclicBarrier barrier = new CyclicBarrier(2);
        FutureTask<Digest> other = new FutureTask<>(() -> given(arms, who, barrier));
        Thread.ofPlatform().start(other);
        assertThat(given(arms, who, barrier)).isEqualTo(other.get()).isEqualTo(alone.get(i));
      }
    }
  }

  private Digest given(Arms arms, Assigned who, CyclicBarrier barrier) throws Exception {
    barrier.await();
    return arms.assigned(fixture.state(), caller(""), who, who).version().digest();
  }

  @Test
  void whatIsOnlyAskedForIsKeptWhenItCalls() {
    Arms arms = Arms.inMemory();
    begin("50%");
    List<Digest> told = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      told.add(
          arms.foreseen(fixture.state(), caller(""), conversation("c-" + i)).version().digest());
    }
    assertThat(canaries(told)).isBetween(MANY / 3L, MANY * 2 / 3L);
    fixture.submit(new Command.WeighCanary("canary", "1%", "less"));

    assertThat(versions(arms, "c")).isEqualTo(told);
  }

  @Test
  void whoOnlyAsksPushesNobodyOut() {
    PinnedArms pins = new PinnedArms(10, Diary.NONE);
    Assignment canary = new Assignment("s");
    List<Arm> given = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      given.add(pins.arm(canary, conversation("c-" + i), i % 2));
    }
    for (int i = 0; i < 30_000; i++) {
      pins.foreseen(canary, conversation("stranger-" + i), 0.5);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(pins.arm(canary, conversation("c-" + i), 1 - i % 2)).isEqualTo(given.get(i));
    }
    assertThat(pins.foreseenSize()).isLessThanOrEqualTo(PinnedArms.FORESEEN_MAX);
  }

  @Test
  void whoIsUnderWayIsToldThatItStays() {
    Arms arms = Arms.inMemory();
    versions(arms, "c");
    begin("90%");
    for (int i = 0; i < MANY; i++) {
      Caller told = arms.foreseen(fixture.state(), caller(""), conversation("c-" + i));
      assertThat(told.version().digest()).isEqualTo(first);
    }
  }

  @Test
  void aKeyThatIsBoundToAVersionIsNotInIt() {
    begin("99%");
    Caller bound = caller(first.hex());
    assertThat(
            Arms.inMemory().assigned(fixture.state(), bound, conversation("c"), conversation("c")))
        .isEqualTo(bound);
  }

  @Test
  void whatIsHeardOfByTelemetryAloneIsAssignedTheSame() {
    Arms arms = Arms.inMemory();
    Instant before = fixture.now();
    begin("50%");
    Instant after = fixture.now().plus(Duration.ofHours(1));
    for (int i = 0; i < 50; i++) {
      Assigned who = conversation("c-" + i);
      Digest heard = arms.version(fixture.state(), "lookup", "staging", who, after).orElseThrow();
      assertThat(arms.assigned(fixture.state(), caller(""), who, who).version().digest())
          .isEqualTo(heard);
      assertThat(arms.version(fixture.state(), "lookup", "staging", who, before)).contains(first);
    }
    assertThat(arms.version(fixture.state(), "lookup", "production", conversation("c"), after))
        .isEmpty();
  }

  @Test
  void remembersSoManyAndNoMore() {
    PinnedArms pins = new PinnedArms(10, Diary.NONE);
    for (int i = 0; i < 100; i++) {
      pins.arm(new Assignment("s"), conversation("c-" + i), 0.5);
    }
    assertThat(pins.size()).isEqualTo(10);
  }

  private Optional<Arm> trial(Arms arms, Assigned who) {
    return arms.assigned(fixture.state(), caller(""), who, who).trial().map(Trial::arm);
  }

  private List<Digest> versions(Arms arms, String prefix) {
    List<Digest> given = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      given.add(
          arms.assigned(
                  fixture.state(),
                  caller(""),
                  conversation(prefix + "-" + i),
                  conversation(prefix + "-" + i))
              .version()
              .digest());
    }
    return given;
  }

  private long canaries(List<Digest> given) {
    return given.stream().filter(second::equals).count();
  }

  private static Assigned conversation(String id) {
    return new Assigned(Assigned.Kind.CONVERSATION, id);
  }

  private void begin(String weight) {
    begin(Strategy.CANARY, Map.of("weight", weight));
  }

  private void begin(Strategy strategy, Map<String, String> terms) {
    fixture.submit(
        new Command.StartRelease(
            "canary", "lookup", "staging", "", strategy, terms, "a new prompt"));
  }

  private Caller caller(String version) {
    return caller(version, "staging");
  }

  private Caller caller(String version, String environment) {
    AgentKey key =
        new AgentKey(
            "key",
            Digest.of("key"),
            "lookup",
            environment,
            version,
            ControlFixture.START,
            Actor.SYSTEM,
            null);
    return new Caller(
        key,
        fixture.state().agent("lookup").orElseThrow(),
        fixture.state().versionInForce("lookup", environment).orElseThrow());
  }

  private Digest inForce(String environment) {
    return fixture.state().environments("lookup").getOrDefault(environment, Digest.of(""));
  }

  private static String version(int number) {
    return Yaml.agent("lookup", "version: {code: {build: " + number + "}}");
  }
}
