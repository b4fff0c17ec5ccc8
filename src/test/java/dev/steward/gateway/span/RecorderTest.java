// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlFixture;
import dev.steward.domain.Cost;
import dev.steward.domain.ErrorCode;
import dev.steward.gateway.Gateway;
import dev.steward.gateway.MoneyStep;
import dev.steward.gateway.budget.Budgets;
import dev.steward.gateway.declared.Declarations;
import dev.steward.gateway.delegation.NoChains;
import dev.steward.gateway.estimate.TokenCounter;
import dev.steward.gateway.estimate.UsageEstimate;
import dev.steward.gateway.estimate.WorstCases;
import dev.steward.gateway.flight.Flights;
import dev.steward.gateway.forwarding.Forwarding;
import dev.steward.gateway.health.UpstreamCounters;
import dev.steward.gateway.identity.ModelChoices;
import dev.steward.gateway.loop.LoopMemory;
import dev.steward.gateway.loop.Loops;
import dev.steward.gateway.proposal.Proposals;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.relay.Streams;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.strand.Strands;
import dev.steward.gateway.upstream.ProviderGates;
import dev.steward.gateway.upstream.Routing;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Endpoint;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import dev.steward.store.file.FileBudgetLog;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.ingest.IngestConfig;
import dev.steward.trace.rate.PriceBook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path folder;
  private final FailingJournal journal = new FailingJournal();
  private final Recorder recorder =
      new Recorder(
          new Ingest(journal, IngestConfig.DEFAULT, CLOCK),
          CLOCK,
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          Duration.ofSeconds(10),
          64 << 20);

  @AfterEach
  void close() {
    journal.failWith(null);
    recorder.close();
  }

  @Test
  void keepsARecordThatTheJournalRefusesUntilItIsIn() {
    journal.failWith(ErrorCode.STORAGE_FAILED);
    recorder.record(call("{}"));
    await(() -> journal.refused() > 2);
    assertThat(journal.kept()).isEmpty();

    journal.failWith(null);
    await(() -> journal.kept().size() == 1);

    assertThat(recorder.lost()).isZero();
  }

  @Test
  void letsNoCallThroughWhileRecordsCannotBeWritten() {
    journal.failWith(ErrorCode.JOURNAL_FULL);
    recorder.record(call("{}"));
    await(() -> recorder.trouble().isPresent());

    assertThatThrownBy(recorder::check)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no room on the disk");
    assertThat(recorder.turnedAway()).isEqualTo(1);

    journal.failWith(null);
    await(() -> recorder.trouble().isEmpty());
    recorder.check();
  }

  @Test
  void refusesBeforeAnythingIsForwardedAndRecordsTheRefusalLater() throws IOException {
    AtomicInteger forwarded = new AtomicInteger();
    AtomicInteger status = new AtomicInteger();
    FileBudgetLog log = FileBudgetLog.open(folder.resolve("budgets"), "boot-0");
    ControlFixture control = new ControlFixture(folder);
    Budgets budgets = Budgets.open(control.control(), "node", log, CLOCK, notice -> {});
    Gateway gateway = gateway(forwarded, budgets);
    journal.failWith(ErrorCode.STORAGE_FAILED);
    recorder.record(call("{}"));
    await(() -> recorder.trouble().isPresent());

    gateway.answer(new Endpoint(Operation.CHAT, ""), request(), answer(status));

    assertThat(status).hasValue(503);
    assertThat(forwarded).hasValue(0);
    journal.failWith(null);
    await(() -> journal.kept().size() == 2);
    budgets.close();
    control.close();
  }

  @Test
  void recordsACallThatIsTooLargeWithoutItsContent() {
    journal.failWith(ErrorCode.TOO_LARGE);
    recorder.record(
        call("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(5_000) + "\"}]}"));

    await(() -> journal.kept().size() == 1);
    assertThat(recorder.trouble()).isEmpty();
  }

  @Test
  void holdsNoMoreBytesThanItsLimitAndLosesNothing() throws InterruptedException {
    int calls = 12;
    FailingJournal slow = new FailingJournal();
    slow.failWith(ErrorCode.STORAGE_FAILED);
    Recorder small =
        new Recorder(
            new Ingest(slow, IngestConfig.DEFAULT, CLOCK),
            CLOCK,
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofSeconds(10),
            4 << 20);
    AtomicInteger taken = new AtomicInteger();
    String megabyte =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(1 << 20) + "\"}]}";
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < calls; i++) {
                CallRecord call = call(megabyte);
                call.tried(new CallRecord.Attempt("openai", "gpt-5", "200", 1));
                small.record(call);
                taken.incrementAndGet();
              }
            });

    await(() -> taken.get() == 3);
    int refused = slow.refused();
    await(() -> slow.refused() > refused + 50);
    assertThat(taken).hasValue(3);
    assertThat(small.waitingBytes()).isBetween(3L << 20, 4L << 20);

    slow.failWith(null);
    asking.join();
    small.close();
    assertThat(slow.kept()).hasSize(calls);
    assertThat(small.lost()).isZero();
    assertThat(small.waitingBytes()).isZero();
  }

  @Test
  void takesACallThatIsLargerThanItsLimitAlone() {
    Recorder small =
        new Recorder(
            new Ingest(journal, IngestConfig.DEFAULT, CLOCK),
            CLOCK,
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofSeconds(10),
            64 << 10);

    small.record(
        call("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(1 << 18) + "\"}]}"));

    await(() -> journal.kept().size() == 1);
    small.close();
  }

  @Test
  void endsThoughTheDiskStaysFull() {
    FailingJournal full = new FailingJournal();
    full.failWith(ErrorCode.STORAGE_FAILED);
    Recorder leaving =
        new Recorder(
            new Ingest(full, IngestConfig.DEFAULT, CLOCK),
            CLOCK,
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            64 << 20);
    leaving.record(call("{}"));
    await(() -> full.refused() > 0);

    leaving.close();

    assertThat(leaving.lost()).isEqualTo(1);
  }

  private Gateway gateway(AtomicInteger forwarded, Budgets budgets) {
    PriceBook prices = (provider, answered, asked, usage, at) -> new Cost.Unknown("no prices here");
    ProviderGates gates = new ProviderGates();
    UpstreamCounters health =
        new UpstreamCounters(
            () -> {
              throw new IllegalStateException("nobody asks for it");
            },
            gates,
            CLOCK);
    Routing routing =
        new Routing(
            request -> {
              forwarded.incrementAndGet();
              throw new IllegalStateException("nothing may be forwarded");
            },
            gates,
            health,
            CLOCK,
            new Random(7));
    Runs runs = new Runs(8, Duration.ofMinutes(1));
    return new Gateway(
        () -> {
          throw new IllegalStateException("nobody asks who calls");
        },
        new ModelChoices(new Random(7)),
        new Places(new Strands(100, Diary.NONE), new Random(7)),
        new Flights(_ -> Optional.empty(), _ -> ""),
        new Loops(8, Duration.ofMinutes(1), LoopMemory.none()),
        runs,
        NoChains.of(CLOCK),
        new Declarations(Diary.NONE),
        new Proposals(runs, Optional.empty(), CLOCK),
        new MoneyStep(
            budgets,
            new WorstCases(prices, new TokenCounter(), CLOCK, WorstCases.OUTPUT_MAX),
            new UsageEstimate(new TokenCounter()),
            prices),
        new Forwarding(
            routing,
            secret -> "",
            new Relay(new Streams(System::nanoTime, Duration.ofSeconds(5)), CLOCK),
            CLOCK),
        recorder,
        CLOCK);
  }

  private static Request request() {
    return new Request("POST", "/v1/chat/completions", "", List.of(), new byte[0]);
  }

  private static Answer answer(AtomicInteger sent) {
    return new Answer() {
      @Override
      public OutputStream begin(int status, List<Header> headers, long length) {
        sent.set(status);
        return new ByteArrayOutputStream();
      }
    };
  }

  private static CallRecord call(String body) {
    CallRecord call = new CallRecord("00000000000000a1", Operation.CHAT, Instant.now());
    String asked =
        body.equals("{}") ? "{\"model\":\"main\"}" : "{\"model\":\"main\"," + body.substring(1);
    call.asked(Asked.of(new Endpoint(Operation.CHAT, ""), asked.getBytes(StandardCharsets.UTF_8)));
    String trace = "0".repeat(31) + "1";
    call.place(new Place(trace, trace, null, false, "", "", "", null));
    return call;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
