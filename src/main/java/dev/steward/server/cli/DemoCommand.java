// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.demo.Fleet;
import dev.steward.demo.provider.DemoProvider;
import dev.steward.demo.talk.Curtain;
import dev.steward.demo.talk.Prompter;
import dev.steward.demo.tool.PaymentsDesk;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.ServerConnection;
import dev.steward.server.config.ConfigReader;
import dev.steward.server.config.ServerConfig;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.setting.Written;
import dev.steward.server.wiring.Steward;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `steward demo`: a server with a fleet of scripted agents.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Starts a server and a fleet of scripted agents that tell of two weeks and work on live,"
            + " through the model gateway.")
public final class DemoCommand implements Callable<Integer> {
  private static final int DAYS = 14;
  private static final long SEED = 20_261_121;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "ends by itself after this long, such as 60s")
  private @Nullable Duration lasting;

  @Option(names = "--headless", description = "does not open a browser")
  private boolean headless;

  @Option(names = "--data", paramLabel = "DIR", description = "keeps the data in this folder")
  private @Nullable Path data;

  @Mixin private PortOptions ports = new PortOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Reads `60s`, `5m`.
  static final class DurationConverter implements picocli.CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Written.duration(text);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook = Thread.ofPlatform().name("stop").unstarted(() -> stopAndWait(stop, stopped));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      run(stop);
    } finally {
      stopped.countDown();
    }
    if (stop.getCount() > 0) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    return ExitCode.DONE;
  }

  private void run(CountDownLatch stop) throws IOException, InterruptedException {
    Path folder = data != null ? data : Files.createTempDirectory("steward-demo-");
    try (Steward steward =
        Steward.open(config(folder), Clock.systemUTC(), reason -> failed(reason, stop))) {
      say("ready " + steward.address());
      play(steward, Files.readString(new DataFolder(folder).adminToken()).strip(), stop);
    } finally {
      if (data == null) {
        Folders.delete(folder);
      }
    }
  }

  /// Ctrl-C and SIGTERM let the fleet leave the stage and the server close.
  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void failed(String reason, CountDownLatch stop) {
    spec.commandLine().getErr().println("steward: " + reason);
    spec.commandLine().getErr().flush();
    stop.countDown();
  }

  private void play(Steward steward, String token, CountDownLatch stop)
      throws InterruptedException {
    URI server = URI.create(steward.address());
    ServerConnection connection = new ServerConnection(server, token);
    DemoRegistrar registrar = new DemoRegistrar(connection);
    Prompter prompter = new Prompter();
    String providerKey = "demo-" + UUID.randomUUID();
    URI otlp = URI.create("http://127.0.0.1:" + steward.otlpHttpPort());
    Curtain curtain = new Curtain();
    try (DemoProvider provider = DemoProvider.open(prompter, providerKey, curtain);
        PaymentsDesk payments = PaymentsDesk.open()) {
      registrar.declare(provider.url(), providerKey, payments.url());
      registrar.release();
      registrar.tryNextVersion();
      Fleet.Script script = new Fleet.Script(Instant.now(), DAYS, SEED);
      Fleet fleet =
          new Fleet(
              new Fleet.Home(otlp, server),
              registrar.keys(),
              script,
              prompter,
              registrar::stop,
              curtain);
      try (fleet) {
        Thread playing = Thread.ofVirtual().name("fleet").start(() -> perform(fleet, registrar));
        show(steward.loginLink(token));
        if (lasting == null) {
          stop.await();
        } else {
          stop.await(lasting.toMillis(), TimeUnit.MILLISECONDS);
        }
        playing.interrupt();
        playing.join();
      }
      DemoSummary summary = new DemoSummary(connection);
      summary.awaitLoaded();
      summary.lines(fleet).forEach(this::say);
    }
  }

  /// Opens the console where a person sits at a screen, and says where it is in any case.
  private void show(String link) {
    say("open " + link);
    if (!headless && !Browser.open(link)) {
      say("(no browser could be started from here)");
    }
  }

  private ServerConfig config(Path folder) {
    Map<String, String> keys = new HashMap<>();
    keys.put("data", folder.toString());
    keys.put("runs.abandoned-after", "45s");
    ports.addTo(keys);
    return ConfigReader.load(null, System.getenv(), keys);
  }

  private void perform(Fleet fleet, DemoRegistrar registrar) {
    try {
      fleet.goLive();
      say("the fleet is live, and tells its last %d days".formatted(DAYS));
      fleet.playHistory();
      say("%d days are told, %d runs so far".formatted(DAYS, fleet.runsPlayed()));
      registrar.drill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
