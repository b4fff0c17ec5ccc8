// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.assurance.incident.IncidentBundles;
import dev.steward.assurance.incident.IncidentStories;
import dev.steward.console.Console;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.SettingInForce;
import dev.steward.control.Control;
import dev.steward.control.chronicle.Chronicle;
import dev.steward.control.live.BudgetUse;
import dev.steward.control.live.StateChanges;
import dev.steward.control.outbox.Courier;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.gateway.rollout.Arms;
import dev.steward.insight.alert.AlertWatch;
import dev.steward.insight.alert.Thresholds;
import dev.steward.insight.behaviour.DriftFindings;
import dev.steward.insight.behaviour.DriftWatch;
import dev.steward.insight.canary.CanaryFindings;
import dev.steward.insight.canary.CanaryWatch;
import dev.steward.insight.cause.DriftStories;
import dev.steward.insight.conduct.FailingAgents;
import dev.steward.insight.conduct.RoundRuns;
import dev.steward.insight.conduct.SilentAgents;
import dev.steward.insight.conduct.Spending;
import dev.steward.insight.conduct.Strangers;
import dev.steward.insight.conduct.StrayRuns;
import dev.steward.insight.conduct.UndeclaredRuns;
import dev.steward.insight.conduct.UngovernedCalls;
import dev.steward.insight.conduct.UnknownEffects;
import dev.steward.insight.data.ChangedDocuments;
import dev.steward.insight.finding.Findings;
import dev.steward.insight.means.ChangedTools;
import dev.steward.insight.means.KillsInForce;
import dev.steward.insight.means.LowBudgets;
import dev.steward.insight.means.OpenCircuits;
import dev.steward.insight.means.ServerTrouble;
import dev.steward.insight.means.WaitingChanges;
import dev.steward.insight.model.ChangedModels;
import dev.steward.insight.sight.RecentAgents;
import dev.steward.insight.timeline.AgentPast;
import dev.steward.insight.timeline.Timelines;
import dev.steward.insight.window.SignalWatch;
import dev.steward.ledger.Ledger;
import dev.steward.server.access.Authenticator;
import dev.steward.server.access.OneTimeLogins;
import dev.steward.server.access.Sessions;
import dev.steward.server.access.WrongTokens;
import dev.steward.server.agent.AgentRoutes;
import dev.steward.server.agent.EndpointsApi;
import dev.steward.server.alert.AlertsApi;
import dev.steward.server.alert.SilencesApi;
import dev.steward.server.alert.ThresholdsApi;
import dev.steward.server.api.AgentHistoryApi;
import dev.steward.server.api.BackupApi;
import dev.steward.server.api.CallsApi;
import dev.steward.server.api.DrillsApi;
import dev.steward.server.api.FindingsApi;
import dev.steward.server.api.IngestApi;
import dev.steward.server.api.KillsApi;
import dev.steward.server.api.ProvidersApi;
import dev.steward.server.api.SecretsApi;
import dev.steward.server.api.SettingsApi;
import dev.steward.server.approval.ApprovalsApi;
import dev.steward.server.backup.Backup;
import dev.steward.server.config.InForce;
import dev.steward.server.config.ServerConfig;
import dev.steward.server.drift.DriftApi;
import dev.steward.server.drift.DriftDeedsApi;
import dev.steward.server.drill.DrillHall;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.gate.SessionGate;
import dev.steward.server.health.HealthRoutes;
import dev.steward.server.health.MetricsRoutes;
import dev.steward.server.health.Volume;
import dev.steward.server.http.HttpCounts;
import dev.steward.server.http.NoSuchCall;
import dev.steward.server.http.Route;
import dev.steward.server.incident.IncidentsApi;
import dev.steward.server.incident.StoryApi;
import dev.steward.server.judgement.FeedbackApi;
import dev.steward.server.judgement.Judgements;
import dev.steward.server.judgement.OutcomeApi;
import dev.steward.server.log.CallProofs;
import dev.steward.server.log.LedgerApi;
import dev.steward.server.log.LedgerBook;
import dev.steward.server.log.Logs;
import dev.steward.server.log.TileRoutes;
import dev.steward.server.otlp.MemoryBudget;
import dev.steward.server.otlp.OtlpHttp;
import dev.steward.server.otlp.Receiver;
import dev.steward.server.otlp.Senders;
import dev.steward.server.outbox.FindingNotices;
import dev.steward.server.outbox.OutboxApi;
import dev.steward.server.pages.ActivityBindings;
import dev.steward.server.pages.ConsoleIngest;
import dev.steward.server.pages.ConsoleRoutes;
import dev.steward.server.pages.LoginRoutes;
import dev.steward.server.pages.ServerCondition;
import dev.steward.server.pages.StateRegistry;
import dev.steward.server.policy.PoliciesApi;
import dev.steward.server.policy.PreviewApi;
import dev.steward.server.proposal.ProposalsApi;
import dev.steward.server.reading.CostApi;
import dev.steward.server.reading.EffectsApi;
import dev.steward.server.reading.EvidenceApi;
import dev.steward.server.reading.MetricsApi;
import dev.steward.server.reading.PricesApi;
import dev.steward.server.reading.RunsApi;
import dev.steward.server.reference.OpenApi;
import dev.steward.server.registry.AgentConfigApi;
import dev.steward.server.registry.AgentsApi;
import dev.steward.server.registry.ApplyApi;
import dev.steward.server.registry.BudgetsApi;
import dev.steward.server.registry.DataSourcesApi;
import dev.steward.server.registry.HoldsApi;
import dev.steward.server.registry.KeysApi;
import dev.steward.server.registry.Moments;
import dev.steward.server.registry.ResourcesApi;
import dev.steward.server.registry.TokensApi;
import dev.steward.server.release.ReleasesApi;
import dev.steward.server.release.RollbackApi;
import dev.steward.server.release.TimelineApi;
import dev.steward.server.signal.AgentSignalsApi;
import dev.steward.server.signal.RunSignalsApi;
import dev.steward.server.state.StateKeys;
import dev.steward.server.state.StatePrices;
import dev.steward.server.tools.ToolServersApi;
import dev.steward.trace.otlp.Acceptance;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything that can be asked of a server over HTTP: all routes, and who may enter.
final class Doors {
  private final ServerConfig config;
  private final Ledgers ledgers;
  private final Traces traces;
  private final Live live;
  private final BudgetUse budgets;
  private final CanaryWatch canaries;
  private final DriftWatch drift;
  private final SignalWatch signs;
  private final Courier courier;
  private final Backup backup;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Supplier<String> ids;
  private final HttpCounts counts = new HttpCounts();
  private final Receiver receiver;
  private final Authenticator authenticator;
  private final AtomicReference<@Nullable Console> console = new AtomicReference<>();
  private final ConsoleRoutes pages = new ConsoleRoutes(this::console);
  private final OtlpHttp otlp;
  private final HealthRoutes health;
  private final Thresholds thresholds;
  private final Findings findings;
  private final ModelGateway models;
  private final McpParts mcp;
  private final ToolWay tools;
  private final AgentWay agents;
  private final StatePrices windows;
  private final StateChanges changes;
  private final Arms arms;

  Doors(
      ServerConfig config,
      DataFolder folder,
      Ledgers ledgers,
      Traces traces,
      Live live,
      ModelGateway models,
      McpParts mcp,
      ToolWay tools,
      AgentWay agents,
      BudgetUse budgets,
      CanaryWatch canaries,
      DriftWatch drift,
      SignalWatch signs,
      Arms arms,
      Courier courier,
      Backup backup,
      InstantSource clock,
      SecureRandom random,
      Supplier<String> ids) {
    this.config = config;
    this.models = models;
    this.mcp = mcp;
    this.tools = tools;
    this.agents = agents;
    this.ledgers = ledgers;
    this.traces = traces;
    this.live = live;
    this.budgets = budgets;
    this.canaries = canaries;
    this.drift = drift;
    this.signs = signs;
    this.arms = arms;
    this.courier = courier;
    this.backup = backup;
    this.clock = clock;
    this.random = random;
    this.ids = ids;
    this.windows = new StatePrices(this::state);
    this.changes =
        StateChanges.of(
            ledgers.control(), AgentConfigApi.WAITING_MAX, AgentConfigApi.WAITING_EACH_MAX);
    this.receiver =
        new Receiver(
            new Acceptance(),
            traces.ingest(),
            new Senders(new StateKeys(this::state), config.ingest().requireKey()),
            new MemoryBudget(config.otlp().memory().bytes()),
            config.otlp().retryAfter(),
            clock);
    this.otlp = new OtlpHttp(receiver, config.otlp().requestLimit().bytes());
    this.health = health(folder);
    this.thresholds = new Thresholds(this::state, traces.merged(), clock);
    this.findings = findings();
    this.authenticator =
        new Authenticator(
            this::state,
            new Sessions(config.access().session(), clock, this::secret),
            new OneTimeLogins(clock, this::secret),
            new WrongTokens(config.access().loginDelay(), clock),
            clock);
  }

  private Findings findings() {
    ServerCondition condition =
        new ServerCondition(
            traces.ingest(),
            traces.history(),
            ledgers.logs().control(),
            config.ledger().witnesses().size(),
            config.data().toAbsolutePath().normalize());
    return new Findings(
        traces.merged(),
        List.of(
            new FailingAgents(),
            new StrayRuns(),
            new RoundRuns(),
            new SilentAgents(this::state),
            new Strangers(),
            new UngovernedCalls(this::state),
            new UndeclaredRuns(models.undeclared()),
            new ChangedModels(traces.answering()),
            new ChangedDocuments(traces.documents()),
            new Spending(),
            new LowBudgets(budgets, this::state),
            thresholds,
            new KillsInForce(this::state),
            new CanaryFindings(this::state),
            new DriftFindings(this::state),
            new WaitingChanges(this::state),
            new OpenCircuits(models.health(), mcp.servers().health(), agents.endpoints()),
            new ChangedTools(tools.offers()),
            new UnknownEffects(tools.effects()),
            new ServerTrouble(condition)),
        clock);
  }

  private AgentPast past() {
    return new Timelines(
        new Chronicle(ledgers.logs().control()),
        this::state,
        traces.answering(),
        models.undeclared(),
        traces.documents(),
        budgets);
  }

  private DriftStories stories() {
    return new DriftStories(this::state, past());
  }

  private IncidentBundles incidents() {
    Ledger ledger = ledgers.logs().control();
    return new IncidentBundles(
        new IncidentStories(
            this::state, new Chronicle(ledger), past(), stories(), traces.history()::traces, clock),
        ledgers.control(),
        ledger);
  }

  /// Tells people what is found that cannot wait until somebody looks.
  FindingNotices notices() {
    return new FindingNotices(this::state, () -> findings.look().findings(), courier, clock);
  }

  /// Raises, tells and ends alerts, by the rules that are declared.
  AlertWatch alerts() {
    return new AlertWatch(
        ledgers.control(),
        () -> findings.look().findings(),
        thresholds::read,
        clock,
        ids,
        traces.merged()::attached,
        config.notices().lookEvery());
  }

  /// Ends the waits of who asked to be told of another version.
  StateChanges changes() {
    return changes;
  }

  Receiver receiver() {
    return receiver;
  }

  Authenticator authenticator() {
    return authenticator;
  }

  HttpCounts counts() {
    return counts;
  }

  ConsoleRoutes pages() {
    return pages;
  }

  /// Opens the console, once the addresses are known that its pages show.
  void openConsole(String endpoint, String otlpEndpoint) {
    console.set(
        new Console(
            new ConsoleViews(
                traces.merged(),
                ledgers.control(),
                new StateRegistry(this::state),
                new LedgerBook("control", ledgers.logs().control(), this::state),
                new LedgerBook("activity", ledgers.logs().activity(), this::state),
                new ActivityBindings(new CallProofs(ledgers.logs().activity())),
                new ConsoleIngest(traces.ingest(), traces.history(), this::state, clock),
                findings,
                thresholds,
                windows,
                InForce.of(config).stream().map(Doors::setting).toList(),
                live.views(
                    models.health(),
                    mcp.servers().health(),
                    agents.endpoints(),
                    courier,
                    tools.offers()),
                random,
                endpoint,
                otlpEndpoint,
                budgets,
                canaries,
                past(),
                traces.documents()::words,
                drift,
                stories(),
                incidents(),
                signs.book()),
            clock));
  }

  private static SettingInForce setting(InForce key) {
    return new SettingInForce(key.key(), key.value(), key.usual(), key.about());
  }

  /// Routes of the port for telemetry alone.
  List<Route> otlpRoutes() {
    List<Route> routes = new ArrayList<>(otlp.routes());
    routes.addAll(health.routes());
    return routes;
  }

  /// Routes of the main port.
  List<Route> routes() {
    Control control = ledgers.control();
    Logs logs = ledgers.logs();
    RecentAgents recent = new RecentAgents(traces.merged(), clock);
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new RunsApi(this::state, traces.history(), windows, traces.documents()::words).routes());
    CallProofs proofs = new CallProofs(logs.activity());
    routes.addAll(new EffectsApi(this::state, traces.history()).routes());
    routes.addAll(new RunSignalsApi(this::state, traces.history()).routes());
    routes.addAll(new AgentSignalsApi(this::state, signs.book(), clock).routes());
    routes.addAll(new EvidenceApi(this::state, traces.history(), proofs).routes());
    Judgements judgements = new Judgements(this::state, traces.history(), traces.ingest(), clock);
    routes.addAll(new OutcomeApi(judgements).routes());
    routes.addAll(new FeedbackApi(judgements).routes());
    routes.addAll(new CostApi(this::state, traces.history(), clock).routes());
    routes.addAll(new PricesApi(this::state).routes());
    routes.addAll(new AgentsApi(new Moments(control), traces.history(), clock).routes());
    routes.addAll(new AgentHistoryApi(this::state, traces.history(), recent, clock).routes());
    SessionGate gate = new SessionGate(authenticator);
    routes.addAll(
        new AgentConfigApi(
                this::state, changes, exchange -> gate.proven(exchange, false), arms::foreseen)
            .routes());
    routes.addAll(new FindingsApi(findings, this::state, recent).routes());
    routes.addAll(new ApplyApi(control).routes());
    routes.addAll(new ResourcesApi(control).routes());
    routes.addAll(new PoliciesApi(control).routes());
    PreviewApi previews = new PreviewApi(control, traces.history(), clock);
    routes.addAll(previews.routes());
    routes.addAll(new ProposalsApi(control, previews).routes());
    routes.addAll(new KeysApi(control, random).routes());
    routes.addAll(new TokensApi(control, random).routes());
    routes.addAll(new BudgetsApi(control, budgets).routes());
    routes.addAll(new HoldsApi(control, traces.history(), ids).routes());
    routes.addAll(new KillsApi(control, live.stops(), ids).routes());
    routes.addAll(new ApprovalsApi(control, live.approvals(), clock).routes());
    routes.addAll(new ReleasesApi(control, canaries, ids).routes());
    routes.addAll(new DriftDeedsApi(control).routes());
    routes.addAll(new IncidentsApi(control, traces.history(), ids).routes());
    routes.addAll(new StoryApi(this::state, incidents()).routes());
    routes.addAll(new AlertsApi(control, courier, clock).routes());
    routes.addAll(new SilencesApi(control, ids, clock).routes());
    routes.addAll(new ThresholdsApi(this::state, thresholds).routes());
    routes.addAll(new DataSourcesApi(control, traces.documents(), clock).routes());
    routes.addAll(new TimelineApi(this::state, past(), clock).routes());
    routes.addAll(new DriftApi(this::state, drift, stories()).routes());
    routes.addAll(new RollbackApi(control, new Moments(control), ids).routes());
    routes.addAll(new OutboxApi(courier).routes());
    routes.addAll(new CallsApi(live.flights()).routes());
    routes.addAll(new ToolServersApi(control, tools.offers(), mcp.servers().health()).routes());
    routes.addAll(new EndpointsApi(this::state, agents.endpoints()).routes());
    routes.addAll(new ProvidersApi(this::state, models.health(), live.secrets()).routes());
    DrillHall drills = new DrillHall(control, live.stops(), models.drills(), ids, clock, random);
    routes.addAll(new DrillsApi(control, drills).routes());
    routes.addAll(new SecretsApi(live.secrets()).routes());
    routes.addAll(new SettingsApi(config).routes());
    routes.addAll(new IngestApi(traces.ingest(), traces.history()).routes());
    routes.addAll(new MetricsApi(traces.history(), clock).routes());
    routes.addAll(new LedgerApi(logs).routes());
    routes.addAll(new BackupApi(backup).routes());
    routes = new ArrayList<>(OpenApi.withDocument(routes));
    routes.addAll(NoSuchCall.routes());
    routes.addAll(new TileRoutes(logs, config.ledger().publicEntries()).routes());
    routes.addAll(health.routes());
    routes.addAll(
        new MetricsRoutes(traces.ingest(), logs, counts, traces.signals(), this::state).routes());
    routes.addAll(otlp.routes());
    routes.addAll(models.routes().routes());
    routes.addAll(mcp.routes().routes());
    routes.addAll(agentRoutes(gate).routes());
    routes.addAll(agents.a2a().routes());
    routes.addAll(agents.data().routes());
    routes.addAll(
        new LoginRoutes(authenticator, this::console, config.access().session()).routes());
    routes.addAll(pages.routes());
    return List.copyOf(routes);
  }

  private AgentRoutes agentRoutes(SessionGate gate) {
    return new AgentRoutes(
        agents.gateway(),
        pages::page,
        exchange -> gate.proven(exchange, !exchange.method().equals("GET")),
        config.agents().requestLimit().bytes());
  }

  private HealthRoutes health(DataFolder folder) {
    Volume journal = new Volume("journal", folder.journal(), clock);
    Volume ledger = new Volume("ledger", folder.ledgers(), clock);
    return new HealthRoutes(
        traces.history(),
        () -> journal.trouble().or(receiver::trouble),
        () -> ledger.trouble().or(ledgers.control()::trouble));
  }

  private State state() {
    return ledgers.control().state();
  }

  private Console console() {
    Console opened = console.get();
    if (opened == null) {
      throw new ApiException(ErrorCode.STARTING, "The console is being opened.");
    }
    return opened;
  }

  private String secret() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
