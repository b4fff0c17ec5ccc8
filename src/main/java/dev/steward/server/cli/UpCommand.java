// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.server.config.ConfigException;
import dev.steward.server.config.ConfigReader;
import dev.steward.server.config.ServerConfig;
import dev.steward.server.folder.StartRefused;
import dev.steward.server.wiring.Steward;
import dev.steward.store.sqlite.SqliteLibrary;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `steward up`: runs a server until it is told to stop.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts a server and runs it until SIGTERM or Ctrl-C.",
    footer = {
      "",
      "Prints one line `ready http://HOST:PORT` on standard output when it serves; the first start",
      "on an empty folder prints `admin token: TOKEN` once on standard error.",
      "Exit codes: 0 stopped, 1 the start was refused or the server failed, 2 wrong use."
    })
public final class UpCommand implements Callable<Integer> {
  @Option(names = "--data", paramLabel = "DIR", description = "Folder that holds everything.")
  private @Nullable Path data;

  @Mixin private PortOptions ports = new PortOptions();

  @Option(names = "--bind", paramLabel = "HOST", description = "Address that all ports bind to.")
  private @Nullable String bind;

  @Option(
      names = "--insecure-bind",
      description =
          "Accept that tokens, keys and message content cross the network readable by anyone on"
              + " the way: needed to bind an address that other machines reach without TLS.")
  private boolean insecureBind;

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration, YAML.")
  private @Nullable Path config;

  @Override
  public Integer call() throws InterruptedException {
    SqliteLibrary.loadAhead();
    ServerConfig read;
    try {
      read = ConfigReader.load(config, System.getenv(), options());
    } catch (ConfigException e) {
      System.err.println("steward: " + e.getMessage());
      return 2;
    }
    CountDownLatch stop = new CountDownLatch(1);
    AtomicBoolean failed = new AtomicBoolean();
    try (Steward steward =
        Steward.open(
            read,
            Clock.systemUTC(),
            reason -> {
              System.err.println("steward: " + reason);
              failed.set(true);
              stop.countDown();
            })) {
      steward.firstToken().ifPresent(token -> greet(steward, token));
      System.out.println("ready " + steward.address());
      System.out.flush();
      stopOnSignal(steward, stop);
      stop.await();
    } catch (StartRefused e) {
      System.err.println("steward: " + e.getMessage());
      return 1;
    }
    return failed.get() ? 1 : 0;
  }

  private static void greet(Steward steward, String token) {
    System.err.println("admin token: " + token);
    System.err.println("open " + steward.loginLink(token) + " (works once, for 15 minutes)");
  }

  /// The hook keeps the process until everything is closed, then ends it as a stop that was asked
  /// for: without an error.
  private static void stopOnSignal(Steward steward, CountDownLatch stop) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  boolean signalled = stop.getCount() > 0;
                  stop(steward);
                  if (signalled) {
                    Runtime.getRuntime().halt(0);
                  }
                }));
  }

  /// Standard error and not the log: the log's own hook may have closed it by now.
  private static void stop(Steward steward) {
    long began = System.nanoTime();
    System.err.println("steward: stopping: no new calls, those in flight are finished");
    steward.close();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    System.err.println(
        "steward: stopped after " + took.toMillis() + " ms; what was acknowledged is on disk");
    System.err.flush();
  }

  private Map<String, String> options() {
    Map<String, String> keys = new HashMap<>();
    put(keys, "data", data);
    ports.addTo(keys);
    put(keys, "http.bind", bind);
    put(keys, "http.insecure-bind", insecureBind ? "true" : null);
    return keys;
  }

  private static void put(Map<String, String> keys, String key, @Nullable Object value) {
    if (value != null) {
      keys.put(key, value.toString());
    }
  }
}
