// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The measurements by name.
public final class Bench {
  private Bench() {}

  /// A number from the environment, for shorter tries; results that count are made without.
  static int setting(String name, int usual) {
    String given = System.getenv(name);
    return given == null ? usual : Integer.parseInt(given);
  }

  private interface Measurement {
    void run(Result result) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Measurement> all =
        new TreeMap<>(
            Map.of(
                "startup", new StartupBench()::run,
                "ingest", new IngestBench()::run,
                "crash", new CrashBench()::run,
                "store", new StoreBench()::run,
                "pages", new PagesBench()::run,
                "policy", new PolicyBench()::run,
                "gateway", new GatewayBench()::run,
                "budget", new BudgetBench()::run,
                "kill", new KillBench()::run,
                "tools", new ToolsBench()::run));
    all.put("canary", new CanaryBench()::run);
    all.put("drift", new DriftBench()::run);
    all.put("release", new ReleaseBench()::run);
    String name = arguments.length == 0 ? "" : arguments[0];
    Measurement measurement = all.get(name);
    if (measurement == null) {
      System.err.println("bench: no measurement " + name + "; there are " + all.keySet());
      System.exit(2);
      return;
    }
    Result result = new Result(name);
    measurement.run(result);
    result.print();
    result.write(Path.of("bench", "results"));
  }
}
