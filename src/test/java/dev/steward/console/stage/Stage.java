// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import dev.steward.assurance.incident.IncidentBundles;
import dev.steward.assurance.incident.IncidentStories;
import dev.steward.console.Console;
import dev.steward.console.view.CallBindings;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.LiveViews;
import dev.steward.console.view.SettingInForce;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.chronicle.Chronicle;
import dev.steward.control.live.ApprovalDesk;
import dev.steward.control.live.BudgetUse;
import dev.steward.control.live.EndpointHealth;
import dev.steward.control.live.KillSwitch;
import dev.steward.control.live.OfferedTools;
import dev.steward.control.live.ToolServerHealth;
import dev.steward.control.live.UndeclaredChanges;
import dev.steward.control.live.UpstreamHealth;
import dev.steward.control.outbox.Courier;
import dev.steward.control.outbox.InMemoryOutbox;
import dev.steward.control.secret.SecretDesk;
import dev.steward.domain.resource.Agent;
import dev.steward.insight.alert.Thresholds;
import dev.steward.insight.behaviour.DriftSaid;
import dev.steward.insight.behaviour.LateTraces;
import dev.steward.insight.canary.CanarySaid;
import dev.steward.insight.cause.DriftStories;
import dev.steward.insight.conduct.FailingAgents;
import dev.steward.insight.conduct.SilentAgents;
import dev.steward.insight.conduct.Spending;
import dev.steward.insight.conduct.Strangers;
import dev.steward.insight.conduct.StrayRuns;
import dev.steward.insight.data.KnownDocuments;
import dev.steward.insight.finding.Findings;
import dev.steward.insight.means.Condition;
import dev.steward.insight.means.KillsInForce;
import dev.steward.insight.means.OpenCircuits;
import dev.steward.insight.means.ServerTrouble;
import dev.steward.insight.model.AnsweringModels;
import dev.steward.insight.timeline.AgentPast;
import dev.steward.insight.timeline.Timelines;
import dev.steward.insight.window.KeptReadings;
import dev.steward.insight.window.SignalWatch;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.Batch;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.ingest.Arrivals;
import dev.steward.trace.price.ListedPrices;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import dev.steward.trace.tail.InMemorySpanStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// A console over an in-memory store with runs in it.
public final class Stage {
  public static final Reader OPERATOR =
      new Reader(Actor.person("p-dana"), "Dana Okafor", true, true);
  public static final Reader VIEWER = new Reader(Actor.person("p-ana"), "Ana Ruiz", false, false);

  public final InMemorySpanStore store;
  public final FakeIngest ingest = new FakeIngest();
  public final FakeLedger ledger;
  public final FakeLedger activity;
  public final Console console;
  public final SignalWatch signs;
  public final ControlFixture control = new ControlFixture(folder());
  public final KillSwitch stops = KillSwitch.of(control.control(), Duration.ofSeconds(1));
  public final FakeCalls calls = new FakeCalls();
  public final InMemoryOutbox outbox = new InMemoryOutbox();

  /// How the providers answer; a test sets it.
  public List<UpstreamHealth.Health> health = List.of();

  /// How the tool servers answer; a test sets it.
  public List<ToolServerHealth.Health> servers = List.of();

  /// How the endpoints of agents answer; a test sets it.
  public List<EndpointHealth.Health> endpoints = List.of();

  /// What the activity ledger says of calls; a test sets it.
  public CallBindings bindings = _ -> List.of();

  /// What tool servers offer; a test sets it.
  public OfferedTools offers = OfferedTools.NONE;

  /// What is said of canaries; a test sets it.
  public CanarySaid canaries = CanarySaid.NOTHING;

  /// What is known of drift; a test sets it.
  public DriftSaid drift = DriftSaid.NOTHING;

  /// Who answers what agents ask for.
  public final AnsweringModels models = new AnsweringModels(Diary.NONE);

  /// What is known of documents.
  public final KnownDocuments documents = new KnownDocuments(Diary.NONE, control::state);

  /// What processes sent that is not declared; a test sets it.
  public List<UndeclaredChanges.Change> undeclared = List.of();

  public Condition condition = StagedCondition.WELL;
  private BudgetUse budgets = BudgetUse.NONE;
  private long spans;

  private Stage(InstantSource clock, boolean empty) {
    FakeRegistry registry = new FakeRegistry();
    AgentDirectory directory =
        name ->
            registry.agents().stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .map(Stage::listing);
    store =
        new InMemorySpanStore(empty ? _ -> Optional.empty() : directory, Silence.DEFAULT, clock);
    activity = new FakeLedger(clock.instant(), "activity");
    ledger = empty ? new FakeLedger(clock.instant()) : FakeLedger.lived(clock.instant());
    signs =
        new SignalWatch(
            store,
            () -> Set.of("clerk"),
            new LateTraces(),
            new KeptReadings(Diary.NONE),
            clock,
            () -> true,
            Duration.ofSeconds(1));
    AgentPast past =
        new Timelines(
            new Chronicle(control.ledger),
            control::state,
            models,
            () -> undeclared,
            documents,
            () -> budgets.now());
    console =
        new Console(
            new ConsoleViews(
                store,
                control.control(),
                empty ? new NoRegistry() : registry,
                ledger,
                activity,
                calls -> bindings.of(calls),
                ingest,
                findings(clock),
                new Thresholds(() -> control.control().state(), store, clock),
                ListedPrices.overStarter(List.of()),
                List.of(
                    new SettingInForce("retention.days", "90", true, "Days after which spans go.")),
                live(clock),
                new java.util.Random(7),
                "http://localhost:7070",
                "http://localhost:4318",
                () -> budgets.now(),
                (state, release) -> canaries.said(state, release),
                past,
                documents::words,
                () -> drift.all(),
                new DriftStories(control::state, past),
                new IncidentBundles(
                    new IncidentStories(
                        control::state,
                        new Chronicle(control.ledger),
                        past,
                        new DriftStories(control::state, past),
                        () -> store,
                        clock),
                    control.control(),
                    control.ledger),
                signs.book()),
            clock);
  }

  private LiveViews live(InstantSource clock) {
    stops.connect(calls);
    return new LiveViews(
        stops,
        calls,
        () -> health,
        () -> servers,
        () -> endpoints,
        new SecretDesk(control.control(), new InMemorySecrets(clock)),
        new ApprovalDesk(control.control(), clock),
        courier(clock),
        () -> offers.list());
  }

  /// One that never begins to send.
  private Courier courier(InstantSource clock) {
    return new Courier(outbox, () -> control.control().state(), (_, _) -> {}, clock);
  }

  private Findings findings(InstantSource clock) {
    return new Findings(
        store,
        List.of(
            new FailingAgents(),
            new StrayRuns(),
            new SilentAgents(() -> control.control().state()),
            new Strangers(),
            new Spending(),
            new KillsInForce(() -> control.control().state()),
            new OpenCircuits(() -> health, () -> servers, () -> endpoints),
            new ServerTrouble(() -> condition)),
        clock);
  }

  public static Stage empty(InstantSource clock) {
    return new Stage(clock, true);
  }

  /// Every story once, and an ordinary day around them.
  public static Stage full(InstantSource clock) {
    Stage stage = new Stage(clock, false);
    Instant now = clock.instant();
    stage.budgets = StagedBudgets.in(stage.control, now);
    stage.everyday(now);
    stage.write(Stories.endless(now.minusSeconds(9000), 10_001));
    stage.write(Stories.failing(now.minusSeconds(700)));
    stage.write(Stories.unpriced(now.minusSeconds(400)));
    stage.write(Stories.hostile(now.minusSeconds(300)));
    stage.write(Stories.unfinished(4, now.minusSeconds(5000)));
    stage.write(Stories.handOver(now.minusSeconds(120)));
    stage.write(Stories.unfinished(3, now.minusSeconds(20)));
    stage.ingest.counts =
        new dev.steward.console.view.IngestView.Counts(
            stage.spans + 145, stage.spans, 96, 7, 42, Duration.ofMillis(340), 3);
    stage.ingest.arrivals =
        new Arrivals.Report(
            now.minusSeconds(7_200),
            IntStream.range(0, 60)
                .mapToObj(
                    i -> new Arrivals.Minute(now.minusSeconds(60L * (59 - i)), 40 + i * i % 37))
                .toList(),
            List.of(
                new Arrivals.Heard("refunds", "production", now.minusSeconds(2), 412, 9_310),
                new Arrivals.Heard(null, null, now.minusSeconds(45), 3, 12)));
    stage.ingest.letter(
        "019a9f2e-7c11-7e1a-b3aa-51c0b8d1e001",
        4,
        "attribute gen_ai.usage.input_tokens of span 7f31c2aa90b1dd01 is text, not a number",
        now.minusSeconds(4000));
    stage.ingest.letter(
        "019a9f2e-9d42-7d77-8c1f-77aa00d1e002",
        3,
        "two spans of the record have the same id 19aa00c4e7b2d94f and other content",
        now.minusSeconds(200));
    return stage;
  }

  public PageResponse get(String path, Map<String, String> query, Reader reader) {
    return console.handle(PageRequest.get(path, query, reader, "token-of-session"));
  }

  /// The page at a path, as text. What the form of a page posts, with the token of its session.
  public PageResponse post(String path, Map<String, String> fields, Reader reader) {
    Map<String, String> form = new HashMap<>(fields);
    form.put("csrf", "token");
    return console.handle(
        new PageRequest("POST", path, Map.of(), form, reader, "token", Map.of(), false));
  }

  public String html(String path, Reader reader) {
    return ((PageResponse.Html) get(path, Map.of(), reader)).body();
  }

  public void write(List<Span> written) {
    write(written, List.of());
  }

  public void write(List<Span> written, List<Evaluation> evaluations) {
    spans += written.size();
    store.write(
        new Batch(
            written,
            evaluations,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new JournalPosition(0, spans, spans)));
  }

  private void everyday(Instant now) {
    int nth = 0;
    for (List<Span> run : Stories.everyday(now, 420)) {
      boolean failed = run.stream().anyMatch(s -> s.status() == Span.Status.ERROR);
      boolean told = nth++ % 4 != 0;
      String trace = run.getFirst().key().traceId();
      List<Evaluation> outcome =
          told
              ? List.of(
                  new Evaluation(
                      trace,
                      null,
                      null,
                      "outcome",
                      failed ? "failure" : "success",
                      null,
                      null,
                      true,
                      "sender",
                      now))
              : List.of();
      write(run, outcome);
    }
  }

  /// A folder that is gone with the program.
  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("steward-stage-");
      folder.toFile().deleteOnExit();
      folder.resolve("control.db").toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AgentDirectory.Listing listing(Agent agent) {
    return new AgentDirectory.Listing(
        agent.name(), "", agent.metadata().labels().getOrDefault("team", ""), List.of());
  }

  private static final class NoRegistry implements dev.steward.console.view.Registry {
    @Override
    public java.util.Collection<Agent> agents() {
      return List.of();
    }

    @Override
    public Optional<dev.steward.domain.resource.Person> person(String nameOrId) {
      return Optional.empty();
    }

    @Override
    public String versionInForce(String agent, String environment) {
      return "undeclared";
    }
  }
}
