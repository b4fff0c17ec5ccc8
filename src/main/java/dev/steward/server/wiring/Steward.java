// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.outbox.Courier;
import dev.steward.domain.ApiException;
import dev.steward.domain.resource.Agent;
import dev.steward.gateway.budget.Budgets;
import dev.steward.gateway.declared.Declarations;
import dev.steward.gateway.loop.LoopMemory;
import dev.steward.gateway.rollout.Arms;
import dev.steward.gateway.run.RunUsers;
import dev.steward.gateway.shadow.ShadowRuns;
import dev.steward.gateway.shadow.Shadows;
import dev.steward.gateway.toolserver.ToolServers;
import dev.steward.insight.behaviour.DriftWatch;
import dev.steward.insight.canary.CanaryWatch;
import dev.steward.insight.canary.TracedUnits;
import dev.steward.insight.trait.Learning;
import dev.steward.insight.window.KeptReadings;
import dev.steward.insight.window.SignalWatch;
import dev.steward.ledger.storage.BrokenLedgerException;
import dev.steward.server.access.AdminToken;
import dev.steward.server.access.Authenticator;
import dev.steward.server.backup.Backup;
import dev.steward.server.config.ServerConfig;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.folder.StartRefused;
import dev.steward.server.gate.SessionGate;
import dev.steward.server.history.HistoryStatus;
import dev.steward.server.http.Route;
import dev.steward.server.log.CallEntries;
import dev.steward.server.otlp.OtlpGrpc;
import dev.steward.server.port.Certificates;
import dev.steward.server.port.Frame;
import dev.steward.server.port.Ports;
import dev.steward.server.port.Router;
import dev.steward.server.section.HttpConfig;
import dev.steward.server.state.Starters;
import dev.steward.store.file.FileBudgetLog;
import dev.steward.store.file.FileDiary;
import dev.steward.trace.diary.Diary;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A running server. Opening it opens every part once, in order; closing it closes them in reverse:
/// first the doors, so that nothing new comes in, last the ledgers and the folder.
public final class Steward implements AutoCloseable {
  /// While something is tried.
  private static final Duration JUDGE_EVERY = Duration.ofSeconds(2);

  private final Closing closing = new Closing();
  private final HttpConfig http;
  private final Ledgers ledgers;
  private final Traces traces;
  private final Authenticator authenticator;
  private final List<Route> routes;
  private final Optional<String> firstToken;
  private final Ports ports;
  private final OtlpGrpc grpc;

  private Steward(ServerConfig config, InstantSource clock, Consumer<String> fatal) {
    this.http = config.http();
    SecureRandom random = new SecureRandom();
    TimeOrderedIds ids = new TimeOrderedIds(clock, random);
    DataFolder folder = new DataFolder(config.data().toAbsolutePath().normalize());
    Certificates.check(http, clock.instant());
    try {
      closing.add(folder.lock());
      ledgers = Ledgers.open(folder, config.ledger(), clock, random, closing);
      firstToken = AdminToken.issueFirst(ledgers.control(), folder.adminToken(), random);
      CallEntries calls = closing.add(CallEntries.start(ledgers.logs().activity(), clock));
      Arms arms =
          new Arms(
              closing.add(FileDiary.open(folder.arms(), Arms.LINES_MAX)),
              closing.add(FileDiary.open(folder.callers(), Arms.SEEN_LINES_MAX)));
      traces =
          Traces.open(
              folder, config, ledgers.control()::state, arms, calls, clock, ids, fatal, closing);
      RunUsers users = new RunUsers();
      Live live =
          Live.open(
              folder,
              config.secrets(),
              ledgers.control(),
              () -> reached(config),
              new Starters(users, traces.merged()),
              clock,
              random,
              ids,
              closing);
      OpenBudgets open = OpenBudgets.open(folder, ledgers.control(), clock, closing);
      Budgets budgets = open.budgets();
      AgentWay.Delegation delegation = AgentWay.Delegation.open(folder, clock, random, closing);
      ModelGateway models =
          ModelGateway.open(
              config.gateway(),
              ledgers.control()::state,
              traces.ingest(),
              live,
              closing.add(FileDiary.open(folder.conversations(), ModelGateway.CONVERSATIONS_MAX)),
              loops(folder),
              closing.add(FileDiary.open(folder.undeclared(), Declarations.CHANGES_MAX)),
              users,
              arms,
              delegation.chains(),
              shadows(folder, ledgers.control(), closing),
              budgets,
              clock,
              new ReadAheadRandom(random),
              closing);
      ToolServers servers =
          McpParts.servers(folder, ledgers.control()::state, live, clock, random, closing);
      ToolWay tools =
          ToolWay.open(
              ledgers.control()::state,
              ledgers.logs().activity(),
              live,
              models.shared(),
              servers,
              delegation.chains(),
              clock,
              closing);
      AgentWay agents =
          AgentWay.open(
              config,
              folder,
              ledgers.control()::state,
              live,
              models.shared(),
              delegation,
              clock,
              closing);
      McpParts mcp =
          McpParts.open(
              config,
              folder,
              ledgers.control()::state,
              ledgers.control()::listen,
              live,
              servers,
              tools.gateway(),
              models.shared(),
              clock,
              random,
              closing);
      CanaryWatch canaries =
          closing.add(
              new CanaryWatch(
                  ledgers.control(),
                  new TracedUnits(traces.merged()),
                  clock,
                  traces.merged()::attached,
                  JUDGE_EVERY));
      DriftWatch drift =
          closing.add(
              new DriftWatch(
                  ledgers.control(),
                  traces.merged(),
                  traces.late(),
                  new Learning(
                      config.drift().baselineRuns(),
                      config.drift().baselineTime(),
                      Learning.USUAL.least(),
                      config.drift().settle()),
                  clock,
                  ids,
                  traces.merged()::attached,
                  config.drift().lookEvery()));
      SignalWatch signs =
          closing.add(
              new SignalWatch(
                  traces.merged(),
                  this::agents,
                  traces.lateSigns(),
                  new KeptReadings(
                      closing.add(FileDiary.open(folder.runReadings(), KeptReadings.LINES_MAX))),
                  clock,
                  traces.merged()::attached,
                  config.drift().lookEvery()));
      Courier courier =
          OpenOutbox.open(
              folder,
              config.notices(),
              ledgers,
              live.store(),
              () -> reached(config),
              clock,
              closing);
      closing.add(open.notices().start(courier));
      Backup backup = backup(folder, open.log(), clock);
      Doors doors =
          new Doors(
              config, folder, ledgers, traces, live, models, mcp, tools, agents, budgets, canaries,
              drift, signs, arms, courier, backup, clock, random, ids);
      authenticator = doors.authenticator();
      routes = doors.routes();
      grpc = closing.add(openGrpc(doors, config));
      ports = closing.add(openHttp(doors, routes, config));
      doors.openConsole(address(ports.port()), address(ports.otlpPort()));
      traces.history().start();
      closing.add(doors.notices().start());
      closing.add(doors.alerts().start());
      canaries.start();
      drift.start();
      signs.start();
      closing.add(doors.changes());
    } catch (ApiException | BrokenLedgerException e) {
      closing.close();
      throw new StartRefused(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /// Opens a server that is ready to take calls and telemetry; history attaches behind.
  ///
  /// @param fatal told when it cannot go on and should be closed
  /// @throws StartRefused when it cannot start
  public static Steward open(ServerConfig config, InstantSource clock, Consumer<String> fatal) {
    return new Steward(config, clock, fatal);
  }

  /// Where it listens, such as `http://127.0.0.1:7070`.
  public String address() {
    return address(ports.port());
  }

  public int otlpHttpPort() {
    return ports.otlpPort();
  }

  public int otlpGrpcPort() {
    return grpc.port();
  }

  /// The admin token, on the first start of an empty folder.
  public Optional<String> firstToken() {
    return firstToken;
  }

  /// A link by which the token's holder logs in once, without typing it.
  public String loginLink(String token) {
    return address() + "/login/once/" + authenticator.oneTimeCode(token);
  }

  /// Waits until the history is attached.
  ///
  /// @return false when the time was over first
  public boolean awaitHistory(Duration time) throws InterruptedException {
    return traces.history().awaitAttached(time);
  }

  public HistoryStatus history() {
    return traces.history().status();
  }

  /// All routes of the main port.
  public List<Route> routes() {
    return routes;
  }

  @Override
  public void close() {
    closing.close();
  }

  private Set<String> agents() {
    return ledgers.control().state().agents().stream().map(Agent::name).collect(Collectors.toSet());
  }

  /// Where people reach the console.
  private String reached(ServerConfig config) {
    return config.notices().address().isEmpty() ? address() : config.notices().address();
  }

  private String address(int port) {
    String host = http.bind().contains(":") ? "[" + http.bind() + "]" : http.bind();
    return (http.tls() ? "https://" : "http://") + host + ":" + port;
  }

  private Backup backup(DataFolder folder, FileBudgetLog budgets, InstantSource clock) {
    return new Backup(
        folder, traces.history(), traces.journal(), budgets, ledgers.logs().control(), clock);
  }

  private LoopMemory loops(DataFolder folder) {
    return new LoopMemory(
        closing.add(FileDiary.open(folder.stoppedRuns(), LoopMemory.STOPPED_MAX)),
        closing.add(FileDiary.open(folder.runSteps(), LoopMemory.STEPS_MAX)));
  }

  private static Shadows shadows(DataFolder folder, Control control, Closing closing) {
    Diary runs = closing.add(FileDiary.open(folder.shadowRuns(), ShadowRuns.REMEMBERED_MAX));
    return closing.add(
        new Shadows(
            runs,
            (release, sums) ->
                control.submit(new Command.CountShadow(release, sums), Actor.SYSTEM)));
  }

  private static OtlpGrpc openGrpc(Doors doors, ServerConfig config) {
    int port = config.otlp().grpcPort();
    try {
      return OtlpGrpc.open(
          doors.receiver(), config.http(), port, config.otlp().requestLimit().intBytes());
    } catch (IOException e) {
      throw PortInUse.refusal(config.http().bind(), port, "--otlp-grpc", e);
    }
  }

  private static Ports openHttp(Doors doors, List<Route> routes, ServerConfig config) {
    HttpConfig http = config.http();
    SessionGate gate = new SessionGate(doors.authenticator());
    Frame main =
        new Frame(
            new Router(routes),
            gate,
            http.hosts(),
            doors.pages()::failure,
            doors.counts(),
            http.requestLimit().bytes());
    Frame otlp =
        new Frame(
            new Router(doors.otlpRoutes()),
            gate,
            http.hosts(),
            (exchange, problem) -> problem.reply(),
            doors.counts(),
            config.otlp().requestLimit().bytes());
    try {
      return Ports.open(http, main, config.otlp().httpPort(), otlp);
    } catch (IllegalStateException e) {
      throw PortInUse.refusal(config, e);
    }
  }
}
